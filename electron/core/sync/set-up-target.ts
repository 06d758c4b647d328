import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { RemoteTarget, TargetTest, TestTarget, UpdateTarget } from '../../../shared/schema/remote.ts';
import { createTargetStore } from '../targets/target-store.ts';
import type { SyncContext } from './sync-context.ts';
import { locateTarget } from './world.ts';

/** One look at a server, which need not be set up. One that lets us in is asked again from then on. */
export async function testTarget(
  context: SyncContext,
  request: TestTarget,
): Promise<Result<TargetTest, AppError>> {
  const tested = await createTargetStore(context).test(request);
  if (tested.ok && tested.value.fault === null && request.key.kind === 'stored')
    await forgetRefusal(context, request.id);
  return tested;
}

/** Changes how a server is set up. A key that is given anew is tried anew, also where it is the same. */
export async function updateTarget(
  context: SyncContext,
  request: UpdateTarget,
): Promise<Result<RemoteTarget, AppError>> {
  const updated = await createTargetStore(context).update(request);
  if (updated.ok && request.key !== undefined) await forgetRefusal(context, request.id);
  return updated;
}

async function forgetRefusal(context: SyncContext, id: string | null): Promise<void> {
  if (id === null) return;
  const target = await locateTarget(context, id);
  if (target.ok) await target.value.remote?.noteAnswer(null);
}
