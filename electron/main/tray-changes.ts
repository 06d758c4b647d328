import type { HistoryEntry } from '../../shared/schema/history.ts';
import { describeRecord } from '../../shared/words/describe-record.ts';
import * as m from '../../shared/words/generated/messages.js';
import { menuText, opening, SEPARATOR, type TrayRow } from './tray-row.ts';

const SHOWN_AT_MOST = 5;

/**
 * The latest changes, newest first; each opens in the History. Undo leads there, too, to its dialog: what it would do
 * is shown before it is done.
 */
export function changeRows(
  records: readonly HistoryEntry[],
  timeOf: (moment: number) => string,
): readonly TrayRow[] {
  if (records.length === 0) return [{ kind: 'label', label: menuText(m.tray_no_changes()) }];
  const rows = records.slice(0, SHOWN_AT_MOST).map((record) => {
    const label = m.tray_change({ time: timeOf(Date.parse(record.time)), what: describeRecord(record) });
    return opening(label, { view: 'history', record: record.id });
  });
  const last = lastSync(records);
  const undo =
    last === undefined ? [] : [opening(m.tray_undo_last(), { view: 'history', record: last.id, undo: true })];
  return [...rows, SEPARATOR, ...undo, opening(m.tray_show_all(), { view: 'history', record: null })];
}

/** The latest sync that stands: no later record took it back. */
function lastSync(records: readonly HistoryEntry[]): HistoryEntry | undefined {
  const undone = new Set(records.map(({ undoes }) => undoes));
  const isAllUndone = (id: number): boolean => records.some((later) => later.undoes === 0 && later.id > id);
  return records.find(({ id, kind }) => kind === 'sync' && !undone.has(id) && !isAllUndone(id));
}
