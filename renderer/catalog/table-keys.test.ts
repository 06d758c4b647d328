import { describe, expect, it } from 'vitest';
import { rowAfter } from './table-keys.ts';

describe('a key in the table', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 4, 5],
    ['ArrowDown', 29, 29],
    ['ArrowUp', 4, 3],
    ['ArrowUp', -1, 0],
    ['PageDown', 4, 14],
    ['PageUp', 4, 0],
    ['Home', 20, 0],
    ['End', -1, 29],
    ['x', 4, null],
  ])('%s leads from row %d of 30 to %j', (key, from, to) => {
    expect(rowAfter(key, from, 30)).toBe(to);
  });

  it('leads nowhere in an empty one', () => {
    expect(rowAfter('End', -1, 0)).toBeNull();
  });
});
