import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { SyncContext } from './sync-context.ts';
import { withTargetSession } from './target-session.ts';
import { locateTarget } from './world.ts';

/**
 * Ends what a write of ours left that was cut off, and changes nothing else: each session begins with that. Errors:
 * `unknown-target`, and those of opening the target and of writing what is ours.
 */
export async function settleTarget(context: SyncContext, id: string): Promise<Result<void, AppError>> {
  const target = await locateTarget(context, id);
  return target.ok ? withTargetSession(target.value, () => Promise.resolve(ok(undefined))) : target;
}
