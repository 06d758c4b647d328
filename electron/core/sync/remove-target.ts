import { rm } from 'node:fs/promises';
import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { RemoveTarget } from '../../../shared/schema/remote.ts';
import { createTargetStore } from '../targets/target-store.ts';
import { releaseTarget } from './release.ts';
import type { SyncContext } from './sync-context.ts';
import { underTargetLock } from './target-lock.ts';
import { locateTarget } from './world.ts';

/**
 * Forgets a remote server: its key, what we remember of it, and its history, which holds keys. With `remove` our
 * entries are taken out of it first; where that fails nothing is forgotten. Errors: `unknown-target`, `remote-fault`,
 * `locked`, and those of writing.
 */
export async function removeTarget(
  context: SyncContext,
  { id, entries }: RemoveTarget,
): Promise<Result<void, AppError>> {
  const target = await locateTarget(context, id);
  if (!target.ok) return target;
  if (entries === 'remove') {
    const released = await releaseTarget(context, 'remove', { target: id, dryRun: false, accepted: true });
    if (!released.ok) return released;
  }
  return underTargetLock(target.value, async () => {
    const removed = await createTargetStore(context).remove(id);
    if (!removed.ok) return removed;
    // The history holds keys.
    await rm(target.value.place.folder, { recursive: true, force: true });
    return ok(undefined);
  });
}
