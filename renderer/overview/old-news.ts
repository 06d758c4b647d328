import type { TargetState } from '../../shared/schema/state.ts';
import { waitingChanges } from '../../shared/state/glance.ts';

/** How a target stood when the result of a sync was told. */
export interface Told {
  /** How many changes waited, at the least since then. */
  readonly waiting: number;
  /** Its last change; null where it has none. */
  readonly record: number | null;
}

/** `record`: the change that the sync made; null where it made none. */
export function toldOf(target: TargetState, record: number | null): Told {
  return { waiting: waitingChanges(target), record: record ?? target.lastRecord };
}

/**
 * Whether the target stands otherwise by now than its result says, which would contradict what is shown below it.
 * The state may come later than the answer: that less waits, and that the change is in it, is what the result told.
 */
export function isOldNews(told: Told, now: TargetState): boolean {
  return waitingChanges(now) > told.waiting || (now.lastRecord ?? 0) > (told.record ?? 0);
}

/** What is compared with from now on. */
export function caughtUp(told: Told, now: TargetState): Told {
  return { ...told, waiting: Math.min(told.waiting, waitingChanges(now)) };
}
