import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RemoteTarget, UpdateTarget } from '../../../shared/schema/remote.ts';
import { changedTarget } from '../targets/changed-target.ts';
import { invalidValue } from '../targets/invalid-value.ts';
import { readRemoteTargets } from '../targets/remote-targets.ts';
import { createTargetStore } from '../targets/target-store.ts';
import { errnoOf, stateError } from '../files/file-failure.ts';
import { remoteFilePlace } from './locate-remote.ts';
import { releaseTarget } from './release.ts';
import type { SyncContext } from './sync-context.ts';
import { underTargetLock } from './target-lock.ts';
import { locateTarget } from './world.ts';

/**
 * Changes how a server is set up; where that is its address, what we keep of it goes along or goes away, as
 * `request.entries` says. What we keep lies under the address, so it would stay behind otherwise: entries that nobody
 * manages, and a history that holds keys. Errors: those of `changedTarget`, `state-unusable`, `disk-full`, `locked`,
 * and with `remove` those of a write to the server.
 */
export async function changeServer(
  context: SyncContext,
  request: UpdateTarget,
): Promise<Result<RemoteTarget, AppError>> {
  const located = await locateTarget(context, request.id);
  if (!located.ok) return located;
  const { home, place } = located.value;
  const targets = readRemoteTargets(home.folder);
  if (!targets.ok) return targets;
  const change = changedTarget(targets.value, request);
  if (!change.ok) return change;
  const store = createTargetStore(context);
  const { before, after } = change.value;
  if (before.url === after.url || !existsSync(place.ledger)) return store.update(request);
  const { entries } = request;
  if (entries === undefined) return invalidValue('entries');
  if (entries === 'remove') {
    const what = { target: before.id, dryRun: false, accepted: true };
    const released = await releaseTarget(context, 'remove', what);
    if (!released.ok) return released;
  }
  const next = remoteFilePlace(after.url, { stateFolder: context.stateFolder, homeFolder: home.folder });
  return underTargetLock(located.value, async () => {
    if (entries !== 'move') {
      const updated = await store.update(request);
      // The history holds keys.
      if (updated.ok) await rm(place.folder, { recursive: true, force: true });
      return updated;
    }
    const moved = await move(place.folder, next.folder);
    if (!moved.ok) return moved;
    const updated = await store.update(request);
    if (!updated.ok) await move(next.folder, place.folder);
    return updated;
  });
}

/** What a kill between the two steps leaves is found at the new address once the change is made again. */
async function move(from: string, to: string): Promise<Result<void, AppError>> {
  try {
    await rm(to, { recursive: true, force: true });
    await rename(from, to);
    return ok(undefined);
  } catch (error) {
    return err(stateError({ code: errnoOf(error), path: from }));
  }
}
