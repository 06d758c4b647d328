import { isDeepStrictEqual } from 'node:util';
import { homeMark } from './ledger-file.ts';
import type { TargetContext } from './file-place.ts';
import type { Survey } from './status.ts';
import type { SyncRequest } from './sync-request.ts';
import type { TargetState } from './target-state.ts';

/** A sync of ours that has the target's lock, and has read the target under it. */
interface LockedSync {
  readonly target: TargetContext;
  readonly request: SyncRequest;
  readonly state: TargetState;
}

/**
 * Whether the plan of a survey is the one that a sync under the target's lock would make. The target, how it is set up,
 * its ledger and the user's exclusions must be the very same under the lock: then nobody of us wrote anything since, so the
 * profiles that were read for the survey can't be older than what stands in the target. A profile that is saved
 * between survey and write is as one that is saved between reading and writing always was: the watcher, or the next
 * rescan, brings it.
 */
export function stillHolds(survey: Survey, { target, request, state }: LockedSync): boolean {
  if (request.only !== null || request.accepted) return false;
  const before = survey.target;
  return (
    survey.state.hash === state.hash &&
    survey.state.mode === state.mode &&
    before.place.path === target.place.path &&
    before.place.realPath === target.place.realPath &&
    isDeepStrictEqual(before.remote?.target, target.remote?.target) &&
    homeMark(before.home.fingerprint) === homeMark(target.home.fingerprint) &&
    isDeepStrictEqual(before.home.memory.excluded, target.home.memory.excluded) &&
    isDeepStrictEqual(before.ccsConfig, target.ccsConfig) &&
    isDeepStrictEqual(survey.state.found, state.found)
  );
}
