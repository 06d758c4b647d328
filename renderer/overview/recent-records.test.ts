import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../shared/schema/history.ts';
import { mergeRecords } from './recent-records.ts';

function entry(id: number, time: string, over: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    ...{ id, time, kind: 'sync', path: '/x', undoes: null, operations: [], hashBefore: 'a', hashAfter: 'b' },
    ...over,
  };
}

describe('recent changes of several targets', () => {
  const histories = new Map([
    ['local', [entry(2, '2026-11-22T10:00:00.000Z'), entry(1, '2026-11-22T08:00:00.000Z')]],
    [
      'office',
      [
        entry(2, '2026-11-22T11:00:00.000Z', { kind: 'undo', undoes: 1 }),
        entry(1, '2026-11-22T09:00:00.000Z'),
      ],
    ],
  ]);

  it('stand in one list, the newest first', () => {
    expect(mergeRecords(histories, 5).map(({ target, record }) => `${target} ${record.id}`)).toEqual([
      'office 2',
      'local 2',
      'office 1',
      'local 1',
    ]);
  });

  it('are undone where they were made: numbers are counted by each target', () => {
    const merged = mergeRecords(histories, 5);
    expect(merged.map(({ isUndone }) => isUndone)).toEqual([false, false, true, false]);
    expect(merged.map(({ undoing }) => undoing)).toEqual([
      { kind: 'undo', record: 2, target: 'office' },
      { kind: 'undo', record: 2 },
      null,
      { kind: 'undo', record: 1 },
    ]);
  });

  it('are no more than are shown', () => {
    expect(mergeRecords(histories, 1)).toHaveLength(1);
  });
});
