import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { connectRemote } from '../targets/remote-server.ts';
import { readRemoteTargets } from '../targets/remote-targets.ts';
import { readTargetKey } from '../targets/target-keys.ts';
import type { RemotePlace } from './remote-place.ts';
import type { SyncContext } from './sync-context.ts';

/** Finds a remote target by its id. Errors: `unknown-target`, `state-unusable`. */
export function locateRemote(
  context: SyncContext,
  homeFolder: string,
  id: string,
): Result<RemotePlace, AppError> {
  const remotes = readRemoteTargets(homeFolder);
  if (!remotes.ok) return remotes;
  const target = remotes.value.find((one) => one.id === id);
  if (target === undefined) return err({ code: 'unknown-target', name: id });
  const key = readTargetKey(homeFolder, target, { env: context.env, keyring: context.keyring ?? null });
  const { url, certificate, plainHttp } = target;
  const server = key.ok
    ? ok(connectRemote({ url, key: key.value, certificate, plainHttp }, context.clock))
    : key;
  return ok({ target, server });
}
