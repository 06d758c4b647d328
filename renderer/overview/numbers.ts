import type { OperationView } from '../../shared/schema/plan.ts';
import type { TargetState } from '../../shared/schema/state.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { changesOf } from '../../shared/state/glance.ts';

/** How many profiles have what a sync needs, whether or not they are written yet. */
export function syncableCount(profiles: readonly ProfileStatus[]): number {
  return profiles.filter(({ state }) => state !== 'skipped').length;
}

/** What waits for a sync of this target and what of it a person must agree to first. */
export function waitingOf(target: TargetState): {
  readonly changes: readonly OperationView[];
  readonly toAgree: number;
} {
  const changes = changesOf(target);
  const needsAll = (target.plan?.consent.length ?? 0) > 0;
  return { changes, toAgree: changes.filter(({ op }) => needsAll || op === 'review').length };
}

/** What waits for a server: the plan's changes where one is known, else the profiles that stand otherwise in our memory. */
export function waitingAt(target: TargetState, remote: NonNullable<TargetState['remote']>): number {
  return Math.max(waitingOf(target).changes.length, remote.waiting);
}
