import { realpathSync } from 'node:fs';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ProfilePlace } from './find-profile.ts';
import { isClaudesOwn } from './judge-profile.ts';

/** Refuses (`profile-not-alone`) to change a profile that stands for the user's own Claude settings. */
export function refuseClaudesOwn({ name, path }: ProfilePlace): Result<void, AppError> {
  const isOwn = [path, realPathOf(path)].some(isClaudesOwn);
  return isOwn ? err({ code: 'profile-not-alone', name, path, other: null }) : ok(undefined);
}

/** Refuses besides to move or delete a file that another profile uses too. */
export function refuseShared(place: ProfilePlace): Result<void, AppError> {
  const { name, path, sharedWith } = place;
  if (sharedWith !== null) return err({ code: 'profile-not-alone', name, path, other: sharedWith });
  return refuseClaudesOwn(place);
}

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
