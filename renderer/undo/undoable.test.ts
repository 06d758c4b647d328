import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../shared/schema/history.ts';
import { isUndone, undoingOf } from './undoable.ts';

function record(id: number, kind: HistoryEntry['kind'], undoes: number | null = null): HistoryEntry {
  return { id, kind, undoes, time: '', path: '', operations: [], hashBefore: '', hashAfter: '' };
}

describe('what can be undone', () => {
  it('is a sync that stands, and an undo', () => {
    const records = [record(2, 'undo', 1), record(1, 'sync')];
    expect(undoingOf(record(2, 'undo', 1), records, 'local')).toEqual({ kind: 'undo', record: 2 });
    expect(undoingOf(record(1, 'sync'), records, 'local')).toBeNull();
  });

  it('is taken back where it was made', () => {
    const made = record(1, 'sync');
    expect(undoingOf(made, [made], 'office')).toEqual({ kind: 'undo', record: 1, target: 'office' });
  });

  it('is a sync again whose undo was undone', () => {
    const records = [record(3, 'undo', 2), record(2, 'undo', 1), record(1, 'sync')];
    expect(isUndone(2, records)).toBe(true);
    expect(isUndone(1, records)).toBe(false);
  });

  it('is nothing from before the restoration of the first bytes', () => {
    const records = [record(4, 'sync'), record(3, 'restore', 0), record(2, 'sync'), record(1, 'sync')];
    expect(records.map(({ id }) => isUndone(id, records))).toEqual([false, false, true, true]);
  });

  it('is no interrupted write', () => {
    expect(undoingOf(record(1, 'interrupted'), [record(1, 'interrupted')], 'local')).toBeNull();
  });
});
