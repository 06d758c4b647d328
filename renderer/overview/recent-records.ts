import type { HistoryEntry } from '../../shared/schema/history.ts';
import { isUndone, undoingOf } from '../undo/undoable.ts';
import type { Undoing } from '../undo/undo-flow.svelte.ts';

/** A change of one of the targets, as Recent changes shows it. */
export interface RecentRecord {
  readonly target: string;
  readonly record: HistoryEntry;
  /** Null where nothing takes it back. */
  readonly undoing: Undoing | null;
  readonly isUndone: boolean;
}

/** The latest changes of all targets, newest first. Each target counts its own records. */
export function mergeRecords(
  histories: ReadonlyMap<string, readonly HistoryEntry[]>,
  atMost: number,
): readonly RecentRecord[] {
  return [...histories]
    .flatMap(([target, records]) =>
      records.slice(0, atMost).map((record) => ({
        target,
        record,
        undoing: undoingOf(record, records, target),
        isUndone: isUndone(record.id, records),
      })),
    )
    .sort((a, b) => Date.parse(b.record.time) - Date.parse(a.record.time))
    .slice(0, atMost);
}
