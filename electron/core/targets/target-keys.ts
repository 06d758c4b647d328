import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { keyVariableOf } from '../../../shared/rules/target-id.ts';
import {
  type KeySource,
  LOCAL_TARGET,
  type RemoteFault,
  type RemoteTarget,
} from '../../../shared/schema/remote.ts';
import { errnoOf, stateError } from '../files/file-failure.ts';
import { looseMode } from '../files/permissions.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Environment } from '../support/environment.ts';
import { invalidValue } from './invalid-value.ts';
import { readOwnJson } from './own-json.ts';

/** The operating system's keyring, given by the host; it is not asked before a key needs it. */
export interface Keyring {
  /** Whether it is a real one. Asking takes some 85 ms for the first time, and may make the system ask the user. */
  isAvailable(): boolean;
  encrypt(text: string): string;
  /** Null for what it can't open (any more). */
  decrypt(sealed: string): string | null;
}

/** What a key is looked for in beside our own file. */
export interface KeyPlaces {
  readonly env: Environment;
  readonly keyring: Keyring | null;
}

/** Each key with the address that it was given for: it is never sent to another one. */
const KeysFile = z.object({
  version: z.literal(1),
  keys: z.record(
    z.string(),
    z.union([
      z.object({ kind: z.literal('plain'), url: z.string(), key: z.string() }),
      z.object({ kind: z.literal('sealed'), url: z.string(), sealed: z.string() }),
    ]),
  ),
});
type Keys = z.infer<typeof KeysFile>['keys'];

/** Of a server, or of the local proxy (`kept-proxy-key.ts`). */
type KeyOwner = Pick<RemoteTarget, 'id' | 'url' | 'keySource'>;

/**
 * The management key of a target: the environment variable where it is set, whatever the target says, else what is kept
 * where the target says. Fault: `no-key`, with that place. A file that others can read is closed to them.
 */
export function readTargetKey(
  homeFolder: string,
  target: KeyOwner,
  { env, keyring }: KeyPlaces,
): Result<string, RemoteFault> {
  const { id, url, keySource } = target;
  const missing = err({ code: 'no-key', source: keySource } as const);
  const ofEnvironment = env[keyVariableOf(id)]?.trim() ?? '';
  if (ofEnvironment !== '') return ok(ofEnvironment);
  if (keySource === 'environment') return missing;
  closeToOthers(keysPath(homeFolder));
  const keys = readKeys(homeFolder);
  const kept = keys.ok && Object.hasOwn(keys.value, id) ? keys.value[id] : undefined;
  if (kept?.url !== url) return missing;
  if (kept.kind === 'plain') return keySource === 'file' ? ok(kept.key) : missing;
  const opened = keySource === 'keyring' && keyring !== null ? keyring.decrypt(kept.sealed) : null;
  return opened === null ? missing : ok(opened);
}

/** The address for which a key is kept here, whatever its kind; null where there is none. */
export function keptKeyUrl(homeFolder: string, id: string): string | null {
  const keys = readKeys(homeFolder);
  return keys.ok && Object.hasOwn(keys.value, id) ? (keys.value[id]?.url ?? null) : null;
}

/**
 * Keeps a key for a target, in place of the one before; the home's lock must be held. Whatever belongs to no target of
 * `ids` goes, but for the local proxy's: a kill may have left it. Errors: `target-value-invalid` (there is no keyring),
 * `state-unusable`, `disk-full`.
 */
export async function keepTargetKey(
  homeFolder: string,
  kept: { readonly target: KeyOwner; readonly key: string; readonly ids: readonly string[] },
  keyring: Keyring | null,
): Promise<Result<void, AppError>> {
  const { id, url, keySource } = kept.target;
  if (keySource === 'keyring' && keyring?.isAvailable() !== true) return invalidValue('key-source');
  return changeKeys(homeFolder, (keys) => {
    const stays = new Set([LOCAL_TARGET, ...kept.ids]);
    const others = Object.entries(keys).filter(([one]) => one !== id && stays.has(one));
    const mine = ownKey(kept.key, { url, keySource }, keyring);
    return Object.fromEntries([...others, ...(mine === null ? [] : [[id, mine] as const])]);
  });
}

/** Removes the key of a target; the home's lock must be held. Errors: `state-unusable`, `disk-full`. */
export async function dropTargetKey(homeFolder: string, id: string): Promise<Result<void, AppError>> {
  return changeKeys(homeFolder, (keys) =>
    Object.fromEntries(Object.entries(keys).filter(([one]) => one !== id)),
  );
}

function ownKey(
  key: string,
  { url, keySource }: { readonly url: string; readonly keySource: KeySource },
  keyring: Keyring | null,
): Keys[string] | null {
  if (keySource === 'file') return { kind: 'plain', url, key };
  return keySource === 'keyring' && keyring !== null
    ? { kind: 'sealed', url, sealed: keyring.encrypt(key) }
    : null;
}

async function changeKeys(homeFolder: string, change: (keys: Keys) => Keys): Promise<Result<void, AppError>> {
  const before = readKeys(homeFolder);
  if (!before.ok) return before;
  const keys = change(before.value);
  if (JSON.stringify(keys) === JSON.stringify(before.value)) return ok(undefined);
  const text = `${JSON.stringify({ version: 1, keys }, null, 2)}\n`;
  const written = await replaceFile(keysPath(homeFolder), text, { mode: 0o600 });
  return written.ok ? ok(undefined) : err(stateError(written.error));
}

function readKeys(homeFolder: string): Result<Keys, AppError> {
  const read = readOwnJson(keysPath(homeFolder), KeysFile);
  return read.ok ? ok(read.value?.keys ?? {}) : read;
}

/** Where keys lie, for those who watch them. */
export function keysPath(homeFolder: string): string {
  return join(homeFolder, 'keys.json');
}

/** Our own folder is closed to others already; this is for a file that was copied there. */
function closeToOthers(path: string): void {
  try {
    if (looseMode(statSync(path).mode, process.platform)) chmodSync(path, 0o600);
  } catch (error) {
    errnoOf(error);
  }
}
