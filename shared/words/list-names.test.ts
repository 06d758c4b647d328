import { describe, expect, it } from 'vitest';
import { listNames } from './list-names.ts';

describe('a list of names', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d and e'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d, e and 1 more'],
  ])('reads %j as "%s"', (names, text) => {
    expect(listNames(names)).toBe(text);
  });

  it('counts those that are not even listed', () => {
    expect(listNames(['a', 'b'], 30)).toBe('a, b and 28 more');
  });

  it('leaves the names that it is given as they are', () => {
    const names = ['a', 'b'];
    listNames(names);
    expect(names).toEqual(['a', 'b']);
  });
});
