import { describe, expect, it } from 'vitest';
import { rowAfterKey } from './row-keys.ts';

describe('the keys of a list', () => {
  it('lead to the rows beside, and stop at both ends', () => {
    expect(rowAfterKey('ArrowDown', 1, 3)).toBe(2);
    expect(rowAfterKey('ArrowDown', 2, 3)).toBe(2);
    expect(rowAfterKey('ArrowUp', 1, 3)).toBe(0);
    expect(rowAfterKey('ArrowUp', 0, 3)).toBe(0);
  });

  it('lead to the first and the last row', () => {
    expect(rowAfterKey('Home', 2, 3)).toBe(0);
    expect(rowAfterKey('End', 0, 3)).toBe(2);
  });

  it('leave other keys, and a list without rows, alone', () => {
    expect(rowAfterKey('a', 1, 3)).toBe(null);
    expect(rowAfterKey('ArrowDown', 0, 0)).toBe(null);
  });
});
