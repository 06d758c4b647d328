import type { HistoryEntry } from '../../shared/schema/history.ts';
import * as m from '../../shared/words/generated/messages.js';

/** The changes of one day, in this machine's time zone. */
export interface HistoryDay {
  /** `2026-11-22`: stays the same when "Today" becomes "Yesterday". */
  readonly key: string;
  readonly label: string;
  readonly records: readonly HistoryEntry[];
}

/** Puts the changes of each day together, in the order in which they come. `nowMs`: milliseconds since the epoch. */
export function groupByDay(
  records: readonly HistoryEntry[],
  { nowMs, locale }: { readonly nowMs: number; readonly locale: string },
): readonly HistoryDay[] {
  const days = new Map<string, HistoryEntry[]>();
  for (const record of records) {
    const key = dayOf(new Date(record.time));
    const day = days.get(key);
    if (day === undefined) days.set(key, [record]);
    else day.push(record);
  }
  return [...days].map(([key, ofDay]) => ({ key, label: labelOf(key, { nowMs, locale }), records: ofDay }));
}

function labelOf(
  key: string,
  { nowMs, locale }: { readonly nowMs: number; readonly locale: string },
): string {
  const now = new Date(nowMs);
  if (key === dayOf(now)) return m.history_today();
  // Not 24 hours earlier: two days of the year have 23 and 25.
  if (key === dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)))
    return m.history_yesterday();
  const [year = 0, month = 1, day = 1] = key.split('-').map(Number);
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(year === now.getFullYear() ? {} : { year: 'numeric' }),
  }).format(new Date(year, month - 1, day));
}

function dayOf(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
