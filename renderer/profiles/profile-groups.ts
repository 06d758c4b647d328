import { skipGroup } from '../../shared/schema/skip-group.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';

/** The parts of the list: skipped is not broken, so what asks for a person stands apart from what is left out rightly. */
export type GroupName = 'needs-you' | 'for-this-proxy' | 'not-for-this-proxy';

export interface ProfileGroup {
  readonly name: GroupName;
  readonly profiles: readonly ProfileStatus[];
}

/** Where a profile belongs. */
export function groupOf({ state, reason }: ProfileStatus): GroupName {
  return state === 'skipped' && reason !== null ? skipGroup(reason.code) : 'for-this-proxy';
}

/** The groups that have profiles, those that need a person first; within a group the order stays. */
export function groupProfiles(profiles: readonly ProfileStatus[]): readonly ProfileGroup[] {
  return (['needs-you', 'for-this-proxy', 'not-for-this-proxy'] as const)
    .map((name) => ({ name, profiles: profiles.filter((profile) => groupOf(profile) === name) }))
    .filter((group) => group.profiles.length > 0);
}

/** The profiles as they are known; null while the first look at them is still going on. */
export function knownProfiles(
  state: Pick<AppState, 'activity' | 'profiles'> | null,
): readonly ProfileStatus[] | null {
  if (state === null || (state.activity.kind === 'starting' && state.profiles.length === 0)) return null;
  return state.profiles;
}

/** How many profiles wait for a person: the number beside the view's name. */
export function countNeedsYou(profiles: readonly ProfileStatus[]): number {
  return profiles.filter((profile) => groupOf(profile) === 'needs-you').length;
}
