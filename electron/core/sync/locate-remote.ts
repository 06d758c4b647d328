import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { connectRemote } from '../targets/remote-server.ts';
import { readRemoteTargets } from '../targets/remote-targets.ts';
import { readTargetKey } from '../targets/target-keys.ts';
import { type FilePlace, filePlace, type TargetContext } from './file-place.ts';
import type { Home } from './home.ts';
import { rememberAnswer, rememberedRefusal } from './refused-key.ts';
import { portOf, type RemotePlace } from './remote-place.ts';
import type { SyncContext } from './sync-context.ts';

/** Which remote, and whether a key that it refused may be sent to it once more. */
export interface RemoteAsk {
  readonly id: string;
  readonly retryRefused: boolean;
}

/** Where we keep what belongs to the server at an address. */
export function remoteFilePlace(
  url: string,
  folders: { readonly stateFolder: string; readonly homeFolder: string },
): FilePlace {
  return filePlace({ port: portOf(url), path: url, realPath: url }, folders);
}

/** Finds a remote target by its id. Errors: `unknown-target`, `state-unusable`. */
export function locateRemote(
  context: SyncContext,
  home: Home,
  { id, retryRefused }: RemoteAsk,
): Result<Pick<TargetContext, 'place'> & { readonly remote: RemotePlace }, AppError> {
  const remotes = readRemoteTargets(home.folder);
  if (!remotes.ok) return remotes;
  const target = remotes.value.find((one) => one.id === id);
  if (target === undefined) return err({ code: 'unknown-target', name: id });
  const { clock, env, keyring = null } = context;
  const { url, certificate, plainHttp } = target;
  const place = remoteFilePlace(url, { stateFolder: context.stateFolder, homeFolder: home.folder });
  const key = readTargetKey(home.folder, target, { env, keyring });
  if (!key.ok) return ok({ place, remote: { target, server: key, noteAnswer: () => Promise.resolve() } });
  const memory = { folder: place.folder, key: key.value };
  const refused = retryRefused ? null : rememberedRefusal(memory, clock.now());
  const server =
    refused === null
      ? ok(connectRemote({ url, key: key.value, certificate, plainHttp }, clock))
      : err(refused);
  const noteAnswer = (fault: Parameters<typeof rememberAnswer>[1]) =>
    rememberAnswer(memory, fault, clock.now());
  return ok({ place, remote: { target, server, noteAnswer } });
}
