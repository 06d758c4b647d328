import * as m from '../../shared/words/generated/messages.js';

/** Why a change can't be taken back; `undoneBy` as `undone-by.ts` tells it, null for an interrupted write. */
export function whyNoUndo(undoneBy: number | null): string {
  return undoneBy === null ? m.history_why_interrupted() : m.history_undone_by({ id: undoneBy });
}
