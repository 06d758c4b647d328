import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { acquireLock } from '../files/lock.ts';
import { ensureFolder } from '../files/state-folder.ts';
import type { Clock } from '../support/clock.ts';

const LOCK_WAIT_MS = 5000;

/**
 * Changes files of a home while nobody else of us does. Errors: those of the work, `state-unusable`, `disk-full`,
 * `locked`.
 */
export async function underHomeLock<T>(
  homeFolder: string,
  clock: Clock,
  work: () => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  const folder = await ensureFolder(homeFolder);
  if (!folder.ok) return folder;
  const lock = await acquireLock(join(homeFolder, 'lock'), { clock, waitMs: LOCK_WAIT_MS });
  if (!lock.ok) return lock;
  try {
    return await work();
  } finally {
    await lock.value.release();
  }
}
