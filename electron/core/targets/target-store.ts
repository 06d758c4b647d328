import { existsSync } from 'node:fs';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { canonicalRemoteUrl } from '../../../shared/rules/remote-url.ts';
import { targetIdOf } from '../../../shared/rules/target-id.ts';
import type {
  AddTarget,
  ConfiguredTargets,
  RemoteTarget,
  TargetTest,
  TestTarget,
  UpdateTarget,
} from '../../../shared/schema/remote.ts';
import { peekHome } from '../sync/home.ts';
import { remoteFilePlace } from '../sync/locate-remote.ts';
import { lookAtLocalProxy } from '../sync/proxy-key.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { readCcsRemote } from './ccs-remote.ts';
import { changedTarget } from './changed-target.ts';
import { keyFor, type KeyNeed } from './given-key.ts';
import { invalidValue } from './invalid-value.ts';
import { connectRemote } from './remote-server.ts';
import { changeRemoteTargets, readRemoteTargets } from './remote-targets.ts';
import { lookAtServer } from './server-sight.ts';
import { dropTargetKey, keepTargetKey, readTargetKey } from './target-keys.ts';
import { checkTargetName } from './target-name.ts';

/** The remote servers that are set up: who they are, and their keys. What they hold is the sync engine's. */
export interface TargetStore {
  /** Error: `state-unusable`. */
  configured(): Promise<Result<ConfiguredTargets, AppError>>;
  /** One look at a server. Errors: `target-value-invalid`, `unknown-target`, `state-unusable`. */
  test(request: TestTarget): Promise<Result<TargetTest, AppError>>;
  /** Errors: `target-name-taken`, `target-url-taken`, `target-value-invalid`, and those of saving. */
  add(request: AddTarget): Promise<Result<RemoteTarget, AppError>>;
  /** Errors: as `add`, and `unknown-target`. */
  update(request: UpdateTarget): Promise<Result<RemoteTarget, AppError>>;
  /** Forgets a server and its key, and does not ask it. Errors: `unknown-target`, and those of saving. */
  remove(id: string): Promise<Result<void, AppError>>;
}

/** Each call reads what it needs anew. */
export function createTargetStore(context: SyncContext): TargetStore {
  return {
    configured: () => withFolder(context, (folder) => configured(context, folder)),
    test: (request) => withFolder(context, (folder) => testTarget(context, folder, request)),
    add: (request) => withFolder(context, (folder) => addTarget(context, folder, request)),
    update: (request) => withFolder(context, (folder) => updateTarget(context, folder, request)),
    remove: (id) => withFolder(context, (folder) => forgetTarget(context, folder, id)),
  };
}

async function withFolder<T>(
  { stateFolder, ccsDirectory }: SyncContext,
  work: (folder: string) => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  const home = peekHome(stateFolder, ccsDirectory);
  return home.ok ? work(home.value.folder) : home;
}

async function configured(
  context: SyncContext,
  folder: string,
): Promise<Result<ConfiguredTargets, AppError>> {
  const targets = readRemoteTargets(folder);
  if (!targets.ok) return targets;
  const { keyring = null, env } = context;
  const remotes = targets.value.map((target) => ({
    ...target,
    hasKey: readTargetKey(folder, target, { env, keyring }).ok,
    wasSynced: existsSync(
      remoteFilePlace(target.url, { stateFolder: context.stateFolder, homeFolder: folder }).ledger,
    ),
  }));
  const ccs = await readCcsRemote(context);
  const isNew = ccs !== null && !remotes.some(({ url }) => url === ccs.url);
  const suggestion = isNew ? { url: ccs.url, hasKey: ccs.key !== null } : null;
  const local = await lookAtLocalProxy(context);
  return ok({ local, remotes, suggestion, keyring: keyring?.isAvailable() ?? false });
}

async function testTarget(
  context: SyncContext,
  folder: string,
  request: TestTarget,
): Promise<Result<TargetTest, AppError>> {
  const url = canonicalRemoteUrl(request.url);
  if (url === null) return invalidValue('url');
  const targets = readRemoteTargets(folder);
  if (!targets.ok) return targets;
  const before = targets.value.find(({ id }) => id === request.id) ?? null;
  const { id, certificate, plainHttp } = request;
  const key = await keyFor(request.key, { context, folder, url, before, id });
  if (!key.ok) return key;
  if (key.value === null) {
    const source = request.key.kind === 'variable' ? 'environment' : (before?.keySource ?? 'environment');
    return ok({ fault: { code: 'no-key', source }, version: null, entries: null, asked: 0 });
  }
  const server = connectRemote({ url, key: key.value, certificate, plainHttp }, context.clock);
  const seen = await lookAtServer(server, context.clock, url);
  if (!seen.ok) return ok({ fault: seen.error, version: null, entries: null, asked: server.asked });
  const { version, entries } = seen.value;
  return ok({ fault: null, version, entries: entries.length, asked: server.asked });
}

function addTarget(
  context: SyncContext,
  folder: string,
  request: AddTarget,
): Promise<Result<RemoteTarget, AppError>> {
  const { clock, keyring = null } = context;
  const { profiles, mode, certificate, plainHttp, keySource } = request;
  const add = async (targets: readonly RemoteTarget[]): Promise<Saved> => {
    const name = checkTargetName(request.name, targets);
    if (!name.ok) return name;
    const url = canonicalRemoteUrl(request.url);
    if (url === null) return invalidValue('url');
    const twin = targets.find((target) => target.url === url);
    if (twin !== undefined) return err({ code: 'target-url-taken', name: twin.name });
    const ids = targets.map((target) => target.id);
    const id = targetIdOf(name.value, ids);
    const target = {
      id,
      name: name.value,
      url,
      profiles,
      mode,
      paused: false,
      certificate,
      plainHttp,
      keySource,
    };
    const kept = await keepGiven(request.key, { context, folder, url, before: null, id }, { target, ids });
    return kept.ok ? ok({ targets: [...targets, target], value: target }) : kept;
  };
  return keySource === 'keyring' && keyring?.isAvailable() !== true
    ? Promise.resolve(invalidValue('key-source'))
    : changeRemoteTargets(folder, add, clock);
}

function updateTarget(
  context: SyncContext,
  folder: string,
  request: UpdateTarget,
): Promise<Result<RemoteTarget, AppError>> {
  const update = async (targets: readonly RemoteTarget[]): Promise<Saved> => {
    const change = changedTarget(targets, request);
    if (!change.ok) return change;
    const { before, after } = change.value;
    const { key } = request;
    if (key !== undefined || after.keySource !== before.keySource) {
      const need = { context, folder, url: after.url, before, id: after.id };
      const ids = targets.map((one) => one.id);
      const kept = await keepGiven(key ?? { kind: 'stored' }, need, { target: after, ids });
      if (!kept.ok) return kept;
    }
    return ok({ targets: targets.map((one) => (one === before ? after : one)), value: after });
  };
  return changeRemoteTargets(folder, update, context.clock);
}

function forgetTarget(context: SyncContext, folder: string, id: string): Promise<Result<void, AppError>> {
  const forget = async (
    targets: readonly RemoteTarget[],
  ): Promise<Result<{ targets: readonly RemoteTarget[]; value: undefined }, AppError>> => {
    if (!targets.some((target) => target.id === id)) return err({ code: 'unknown-target', name: id });
    // The key first: what a kill leaves then is a server without a key, which can be removed again.
    const dropped = await dropTargetKey(folder, id);
    if (!dropped.ok) return dropped;
    return ok({ targets: targets.filter((target) => target.id !== id), value: undefined });
  };
  return changeRemoteTargets(folder, forget, context.clock);
}

type Saved = Result<{ readonly targets: readonly RemoteTarget[]; readonly value: RemoteTarget }, AppError>;

/**
 * Puts the given key where the target says. One in the environment is the user's to keep; as long as it is not there,
 * the key that is kept is the only one, and is not thrown away: `target-value-invalid`.
 */
async function keepGiven(
  given: NonNullable<UpdateTarget['key']>,
  need: KeyNeed,
  { target, ids }: { readonly target: RemoteTarget; readonly ids: readonly string[] },
): Promise<Result<void, AppError>> {
  const { folder, context } = need;
  if (target.keySource === 'environment') {
    const { before } = need;
    const { env, keyring = null } = context;
    const inVariable = await keyFor({ kind: 'variable' }, { ...need, before: null });
    if (!inVariable.ok) return inVariable;
    const isOnlyOne =
      inVariable.value === null && before !== null && readTargetKey(folder, before, { env, keyring }).ok;
    return isOnlyOne ? invalidValue('key-source') : dropTargetKey(folder, target.id);
  }
  const key = await keyFor(given, need);
  if (!key.ok) return key;
  if (key.value === null) return invalidValue('key');
  return keepTargetKey(folder, { target, key: key.value, ids }, context.keyring ?? null);
}
