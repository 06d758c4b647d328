import { describe, expect, it } from 'vitest';
import { TargetId } from '../schema/remote.ts';
import { keyVariableOf, targetIdOf } from './target-id.ts';

describe('the id of a target', () => {
  it.each([
    ['Office', 'office'],
    ['Büro 2', 'buro-2'],
    ['  eu-west / blue  ', 'eu-west-blue'],
    ['服务器', 'server'],
    ['Local', 'local-2'],
    ['ﬁrst', 'first'],
    ['a'.repeat(80), 'a'.repeat(64)],
    [`${'a'.repeat(63)} b`, 'a'.repeat(63)],
  ])('is made from its name: %j', (name, id) => {
    expect(targetIdOf(name, [])).toBe(id);
    expect(TargetId.safeParse(id).success).toBe(true);
  });

  it('is another one for each target, and never too long', () => {
    expect(targetIdOf('Office', ['office', 'office-2'])).toBe('office-3');
    const long = targetIdOf('a'.repeat(80), ['a'.repeat(64)]);
    expect(long).toBe(`${'a'.repeat(62)}-2`);
  });

  it('names the variable that may hold the key', () => {
    expect(keyVariableOf('buro-2')).toBe('CLIPROXY_SYNC_KEY_BURO_2');
  });
});
