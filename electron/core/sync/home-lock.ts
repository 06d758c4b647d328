import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { underLock } from '../files/under-lock.ts';
import type { Clock } from '../support/clock.ts';

const LOCK_WAIT_MS = 5000;

/**
 * Changes files of a home while nobody else of us does. Errors: those of the work, `state-unusable`, `disk-full`,
 * `locked`.
 */
export function underHomeLock<T>(
  homeFolder: string,
  clock: Clock,
  work: () => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  return underLock(join(homeFolder, 'lock'), { clock, waitMs: LOCK_WAIT_MS }, work);
}
