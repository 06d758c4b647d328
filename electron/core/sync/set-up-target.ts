import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type {
  RemoteFault,
  RemoteTarget,
  TargetTest,
  TestTarget,
  UpdateTarget,
} from '../../../shared/schema/remote.ts';
import { createTargetStore } from '../targets/target-store.ts';
import { changeServer } from './change-server.ts';
import type { SyncContext } from './sync-context.ts';
import { locateTarget } from './world.ts';

/**
 * One look at a server, which need not be set up. How it took the key that is kept holds for syncs, too: one that lets
 * us in is asked again from then on, a key that it refused is not sent again by itself.
 */
export async function testTarget(
  context: SyncContext,
  request: TestTarget,
): Promise<Result<TargetTest, AppError>> {
  const tested = await createTargetStore(context).test(request);
  const { kind } = request.key;
  if (tested.ok && tested.value.asked > 0 && (kind === 'stored' || kind === 'variable'))
    await noteAnswer(context, request.id, tested.value.fault);
  return tested;
}

/** Changes how a server is set up. A key that is given anew is tried anew, also where it is the same. */
export async function updateTarget(
  context: SyncContext,
  request: UpdateTarget,
): Promise<Result<RemoteTarget, AppError>> {
  const updated = await changeServer(context, request);
  if (updated.ok && request.key !== undefined) await noteAnswer(context, request.id, null);
  return updated;
}

async function noteAnswer(context: SyncContext, id: string | null, fault: RemoteFault | null): Promise<void> {
  if (id === null) return;
  const target = await locateTarget(context, id);
  // Who is deaf has let us in.
  if (target.ok) await target.value.remote?.noteAnswer(fault?.code === 'deaf' ? null : fault);
}
