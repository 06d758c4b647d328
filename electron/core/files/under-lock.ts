import { dirname } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { acquireLock, type LockOptions } from './lock.ts';
import { ensureFolder } from './state-folder.ts';

/**
 * Works while this process holds the lock file at `path`, whose folder is made where it is missing. Errors: those of
 * the work, `locked`, `state-unusable`, `disk-full`.
 */
export async function underLock<T>(
  path: string,
  options: LockOptions,
  work: () => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  const folder = await ensureFolder(dirname(path));
  if (!folder.ok) return folder;
  const lock = await acquireLock(path, options);
  if (!lock.ok) return lock;
  try {
    return await work();
  } finally {
    await lock.value.release();
  }
}
