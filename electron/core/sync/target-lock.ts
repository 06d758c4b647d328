import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { underLock } from '../files/under-lock.ts';
import type { TargetContext } from './file-place.ts';

/** How long one of us waits for another that is writing. */
const LOCK_WAIT_MS = 10_000;

/**
 * Works on a target, or on what we keep of it, while nobody else of us writes to it: a write that goes on would bring
 * back what is removed. Errors: those of the work, `locked`, `state-unusable`, `disk-full`.
 */
export function underTargetLock<T>(
  { context, place }: Pick<TargetContext, 'context' | 'place'>,
  work: () => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  return underLock(place.shared.lock, { clock: context.clock, waitMs: LOCK_WAIT_MS }, work);
}
