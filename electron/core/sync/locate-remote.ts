import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import { connectRemote, type RemoteServer } from '../targets/remote-server.ts';
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
  const noteAnswer = (fault: Parameters<typeof rememberAnswer>[1]) =>
    rememberAnswer(memory, fault, clock.now());
  const connection = { url, key: key.value, certificate, plainHttp };
  const server =
    refused === null ? ok(remembering(connectRemote(connection, clock), noteAnswer)) : err(refused);
  return ok({ place, remote: { target, server, noteAnswer } });
}

/** Remembers a refusal whatever was asked: a key may be changed on the server between our look and our write. */
function remembering(server: RemoteServer, noteAnswer: RemotePlace['noteAnswer']): RemoteServer {
  const noting = async <T>(answer: Promise<Result<T, RemoteFault>>): Promise<Result<T, RemoteFault>> => {
    const seen = await answer;
    if (!seen.ok) await noteAnswer(seen.error);
    return seen;
  };
  return {
    read: () => noting(server.read()),
    list: () => noting(server.list()),
    write: (change) => noting(server.write(change)),
    modelDefinitions: (channel) => noting(server.modelDefinitions(channel)),
    get asked() {
      return server.asked;
    },
  };
}
