import { describe, expect, it } from 'vitest';
import { jsonText, lineOf, painted } from './terminal-text.ts';

const ESC = String.fromCharCode(27);
const controls = [...Array(32).keys(), ...Array.from({ length: 33 }, (_, index) => 127 + index)].map((code) =>
  String.fromCharCode(code),
);
const marks = ['\u061c', '\u200e', '\u200f', '\u2028', '\u2029', '\u202a', '\u202e', '\u2066', '\u2069'];

describe('a line on the terminal', () => {
  it('is coloured where it may be', () => {
    expect(lineOf([painted('red', 'no'), ' way'], true)).toBe(`${ESC}[31mno${ESC}[39m way`);
    expect(lineOf([painted('red', 'no'), ' way'], false)).toBe('no way');
  });

  it.each([...controls, ...marks])('shows %j in a name as a replacement character', (character) => {
    for (const part of [`a${character}b`, painted('dim', `a${character}b`)]) {
      expect(lineOf([part], false)).toBe('a\ufffdb');
    }
  });

  it('lets no colour of a name through, not even one that we use ourselves', () => {
    expect(lineOf([`${ESC}[31mred`, painted('bold', `${ESC}[0m`)], true)).toBe(
      `\ufffd[31mred${ESC}[1m\ufffd[0m${ESC}[22m`,
    );
  });

  it('keeps what people write', () => {
    const text = 'a profile’s name: größer 模型 🦄 …3f9a “x” <y> & \\';
    expect(lineOf([text], true)).toBe(text);
  });
});

describe('JSON', () => {
  it('holds nothing that a terminal obeys, and reads as what it was', () => {
    const value = { name: [...controls, ...marks].join('') };
    const text = jsonText(value);
    expect(text.replaceAll('\n', '')).toMatch(/^[\u0020-\u007e]*$/);
    expect(JSON.parse(text)).toEqual(value);
  });
});
