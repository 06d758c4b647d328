import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../shared/schema/history.ts';
import { groupByDay } from './group-by-day.ts';

const NOW = new Date(2026, 10, 22, 13, 32);

function at(id: number, ...local: [number, number, number, number, number]): HistoryEntry {
  return {
    id,
    time: new Date(...local).toISOString(),
    kind: 'sync',
    path: '/home/ana/.ccs/cliproxy/config.yaml',
    undoes: null,
    operations: [],
    hashBefore: 'a',
    hashAfter: 'b',
  };
}

function grouped(records: readonly HistoryEntry[], now = NOW): readonly [string, readonly number[]][] {
  const days = groupByDay(records, { nowMs: now.getTime(), locale: 'en' });
  return days.map(({ label, records: ofDay }) => [label, ofDay.map(({ id }) => id)]);
}

describe('the changes by day', () => {
  it('stand under today, yesterday and the date, in their order', () => {
    const records = [
      at(4, 2026, 10, 22, 0, 1),
      at(3, 2026, 10, 21, 23, 59),
      at(2, 2026, 10, 21, 0, 0),
      at(1, 2026, 10, 19, 12, 0),
    ];
    expect(grouped(records)).toEqual([
      ['Today', [4]],
      ['Yesterday', [3, 2]],
      ['Thursday, November 19', [1]],
    ]);
  });

  it('name the year where it is another one', () => {
    expect(grouped([at(1, 2025, 10, 22, 12, 0)])).toEqual([['Saturday, November 22, 2025', [1]]]);
  });

  it('keep the key of their day when today becomes yesterday', () => {
    const record = at(1, 2026, 10, 22, 12, 0);
    const later = new Date(2026, 10, 23, 0, 1);
    const [today] = groupByDay([record], { nowMs: NOW.getTime(), locale: 'en' });
    const [yesterday] = groupByDay([record], { nowMs: later.getTime(), locale: 'en' });
    expect([today?.label, yesterday?.label]).toEqual(['Today', 'Yesterday']);
    expect(yesterday?.key).toBe(today?.key);
  });

  it('know yesterday across the end of a month', () => {
    expect(grouped([at(1, 2026, 9, 31, 12, 0)], new Date(2026, 10, 1, 8, 0))).toEqual([['Yesterday', [1]]]);
  });
});
