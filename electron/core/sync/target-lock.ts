import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { acquireLock } from '../files/lock.ts';
import { ensureFolder } from '../files/state-folder.ts';
import type { TargetContext } from './file-place.ts';

const LOCK_WAIT_MS = 10_000;

/**
 * Changes what we keep of a target while nobody writes to it: a write that goes on would bring back what is removed.
 * Errors: those of the work, `locked`, `state-unusable`, `disk-full`.
 */
export async function whileUnwritten<T>(
  { context, place }: Pick<TargetContext, 'context' | 'place'>,
  work: () => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  const folder = await ensureFolder(place.shared.folder);
  if (!folder.ok) return folder;
  const lock = await acquireLock(place.shared.lock, { clock: context.clock, waitMs: LOCK_WAIT_MS });
  if (!lock.ok) return lock;
  try {
    return await work();
  } finally {
    await lock.value.release();
  }
}
