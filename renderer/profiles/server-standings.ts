import type { SkipReason } from '../../shared/schema/skip.ts';
import type { ProfileStanding, TargetState } from '../../shared/schema/state.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { isFromMemory } from '../targets/trouble-of.ts';

/** How a profile stands to one target. */
export interface ServerStanding {
  readonly target: TargetState;
  /** Null: nothing is known of it there. */
  readonly standing: ProfileStanding | null;
  /** It was away, or refused us, when it was last asked: what is told is what we remember. */
  readonly isRemembered: boolean;
}

/** How a profile stands to the local file and to each server, in the order of the targets. */
export function standingsOf(
  profile: ProfileStatus,
  targets: readonly TargetState[],
): readonly ServerStanding[] {
  return targets.map((target) => ({
    target,
    standing:
      target.remote === null
        ? { name: profile.name, state: profile.state, reason: profile.reason }
        : (target.remote.profiles.find(({ name }) => name === profile.name) ?? null),
    isRemembered: target.remote !== null && isFromMemory(target),
  }));
}

/**
 * The servers on which a profile stands otherwise than here, for the list's marker. Not those for which it was not
 * chosen, and not those that lack it for the reason that it is skipped here.
 */
export function differingServers(
  profile: ProfileStatus,
  targets: readonly TargetState[],
): readonly TargetState[] {
  return standingsOf(profile, targets).flatMap(({ target, standing }) => {
    if (target.remote === null || standing === null || target.state === 'released') return [];
    if (profile.state === 'unknown') return [];
    return standing.state !== profile.state && !isExpected(standing.reason) ? [target] : [];
  });
}

function isExpected(reason: SkipReason | null): boolean {
  return reason?.code === 'not-chosen' || reason?.code === 'excluded';
}
