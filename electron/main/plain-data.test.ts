import { describe, expect, it } from 'vitest';
import { isPlainData } from './plain-data.ts';

const circle: Record<string, unknown> = {};
circle['self'] = circle;
const deep = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) as unknown;

describe('the input of a call over IPC', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an object', { name: 'glm', change: { kind: 'raw', text: '{}' }, names: ['a', 'b'], at: 1.5, on: true }],
    ['a text just within the bound', 'x'.repeat(998)],
  ])('may be %s', (_name, value) => {
    expect(isPlainData(value, 1000)).toBe(true);
  });

  it.each([
    ['a text beyond the bound', 'x'.repeat(1001)],
    ['a text of more bytes than characters', '键'.repeat(400)],
    ['many small things', Array.from({ length: 1000 }, () => null)],
    ['long names', { ['x'.repeat(2000)]: 1 }],
    ['a circle', circle],
    ['something deep', deep],
    ['a map', new Map([['name', 'glm']])],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(3)],
    ['an error', new Error('no')],
    ['a large integer', 1n],
  ])('may not be %s', (_name, value) => {
    expect(isPlainData(value, 1000)).toBe(false);
  });
});
