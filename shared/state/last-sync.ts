import type { TargetState } from '../schema/state.ts';

/** When a sync last ended well, of whatever target (ms since the epoch); null: none ever did. Each card tells its own. */
export function lastSyncMs(targets: readonly Pick<TargetState, 'lastSyncMs'>[]): number | null {
  const known = targets.flatMap((target) => (target.lastSyncMs === null ? [] : [target.lastSyncMs]));
  return known.length === 0 ? null : Math.max(...known);
}
