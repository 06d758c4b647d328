import type { HistoryEntry } from '../../shared/schema/history.ts';
import { isUndone } from '../undo/undoable.ts';

/** The change that took this one back and still holds itself; null where there is none. `records`: newest first. */
export function undoneBy(id: number, records: readonly HistoryEntry[]): number | null {
  const by = records.find(
    ({ id: later, undoes }) => later > id && (undoes === id || undoes === 0) && !isUndone(later, records),
  );
  return by?.id ?? null;
}
