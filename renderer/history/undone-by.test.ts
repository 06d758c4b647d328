import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../shared/schema/history.ts';
import { undoneBy } from './undone-by.ts';

/** The changes 1, 2, … with what each took back; the newest first, as the history lists them. */
function history(...undoes: readonly (number | null)[]): readonly HistoryEntry[] {
  return undoes
    .map((taken, index): HistoryEntry => ({
      id: index + 1,
      time: '2026-11-22T13:20:00.000Z',
      kind: taken === null ? 'sync' : 'undo',
      path: '/home/ana/.ccs/cliproxy/config.yaml',
      undoes: taken,
      operations: [],
      hashBefore: 'a',
      hashAfter: 'b',
    }))
    .reverse();
}

describe('the change that took one back', () => {
  it('is the undo of it', () => {
    expect(undoneBy(1, history(null, 1))).toBe(2);
    expect(undoneBy(2, history(null, 1))).toBe(null);
  });

  it('is none once the undo was undone itself', () => {
    expect(undoneBy(1, history(null, 1, 2))).toBe(null);
    expect(undoneBy(2, history(null, 1, 2))).toBe(3);
  });

  it('is the restoration of the first file for all before it, and for none after', () => {
    const records = history(null, null, 0, null);
    expect([1, 2, 3, 4].map((id) => undoneBy(id, records))).toEqual([3, 3, null, null]);
  });
});
