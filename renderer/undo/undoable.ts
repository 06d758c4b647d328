import type { HistoryEntry } from '../../shared/schema/history.ts';
import { targetAsk } from '../targets/target-name.ts';
import type { Undoing } from './undo-flow.svelte.ts';

/**
 * What can take this change back, told from the records alone (the core has the last word); null where nothing can.
 * `records` as the history of `target` lists them, newest first.
 */
export function undoingOf(
  { id, kind }: HistoryEntry,
  records: readonly HistoryEntry[],
  target: string,
): Undoing | null {
  if (kind === 'interrupted') return null;
  return isUndone(id, records) ? null : { kind: 'undo', record: id, ...targetAsk(target) };
}

/** Whether a later change took it back, alone or with everything since before the first sync. */
export function isUndone(id: number, records: readonly HistoryEntry[]): boolean {
  return records.some(
    ({ id: later, undoes }) => later > id && (undoes === id || undoes === 0) && !isUndone(later, records),
  );
}
