import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, stateError, toleratingErrno } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Fingerprint } from '../plan/owned-entry.ts';
import type { RegisteredProfile } from '../profiles/ccs-config.ts';
import type { Clock } from '../support/clock.ts';
import { underHomeLock } from './home-lock.ts';

const SALT_BYTES = 32;

const HomeFile = z.object({
  version: z.literal(1),
  /** Of the fingerprints; without it the ledgers of this home say nothing. */
  salt: z.string(),
  ccsDirectory: z.string(),
  /** Whether the CCS directory was ever there: from then on a missing one is an error, not an empty one. */
  seen: z.boolean(),
  /** Profiles that the user keeps out. */
  excluded: z.array(z.string()),
  /** CCS's registry as it was last readable. */
  registry: z.nullable(z.array(z.custom<RegisteredProfile>(isRegisteredProfile))),
  /** The port of the local proxy as CCS last named it: it decides which configuration is the target. */
  localPort: z.nullable(z.number()),
  /** `cliproxy.auto_sync` as it was last readable; null where it never was. */
  autoSync: z._default(z.nullable(z.boolean()), null),
  /** Fingerprint of the `secret-key` whose fitting management key the running proxy refused. */
  refusedSecret: z.nullable(z.string()),
});
type HomeFile = z.infer<typeof HomeFile>;

/** By hand: a schema's object takes ten times as long, for each of a thousand profiles. */
function isRegisteredProfile(value: unknown): boolean {
  const { name, settingsPath, target } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof name === 'string' && typeof settingsPath === 'string' && typeof target === 'string';
}

/** What may change of what we remember of a CCS directory. */
export type HomeMemory = Omit<HomeFile, 'version' | 'salt' | 'ccsDirectory'>;

/** Our own folder for one CCS directory inside the state folder, and what we remember there. */
export interface Home {
  readonly ccsDirectory: string;
  readonly folder: string;
  readonly memory: HomeMemory;
  /** HMAC-SHA-256 with this home's salt, hexadecimal. */
  readonly fingerprint: Fingerprint;
}

/**
 * Reads what we remember of a CCS directory and writes nothing: a home that was never saved has a salt that
 * lives as long as the returned value. Error: `state-unusable`.
 */
export function peekHome(stateFolder: string, ccsDirectory: string): Result<Home, AppError> {
  const folder = join(stateFolder, 'homes', shortHash(ccsDirectory));
  const read = readHomeFile(folder);
  return read.ok ? ok(homeOf(folder, read.value ?? newHomeFile(ccsDirectory))) : read;
}

/**
 * Changes what we remember of a home, under a lock, so that two of us lose nothing of each other. Nothing is
 * written where the change changes nothing. Errors: `state-unusable`, `disk-full`, `locked`.
 */
export async function updateHome(
  home: Pick<Home, 'ccsDirectory' | 'folder'>,
  change: (memory: HomeMemory) => Partial<HomeMemory>,
  clock: Clock,
): Promise<Result<Home, AppError>> {
  const before = readHomeFile(home.folder);
  if (!before.ok) return before;
  if (before.value !== null && !changes(before.value, change(before.value))) {
    return ok(homeOf(home.folder, before.value));
  }
  return underHomeLock(home.folder, clock, async () => {
    const current = readHomeFile(home.folder);
    if (!current.ok) return current;
    if (current.value === null) await putAside(homePath(home.folder));
    const file = current.value ?? newHomeFile(home.ccsDirectory);
    const next = { ...file, ...change(file) };
    const written = await replaceFile(homePath(home.folder), `${JSON.stringify(next)}\n`, { mode: 0o600 });
    return written.ok ? ok(homeOf(home.folder, next)) : err(stateError(written.error));
  });
}

/**
 * Notes that the proxy refused the key that fits this `secret-key`: five refusals shut everybody out for 30 minutes,
 * so it is not tried again. Losing the note is harmless.
 */
export async function rememberRefusedSecret(
  home: Pick<Home, 'ccsDirectory' | 'folder'>,
  secretKey: string,
  clock: Clock,
): Promise<void> {
  // A home that was never saved gets its salt only now, and with it its fingerprints.
  const saved = await updateHome(home, () => ({}), clock);
  if (!saved.ok) return;
  await updateHome(home, () => ({ refusedSecret: saved.value.fingerprint(secretKey) }), clock);
}

/** Notes that the proxy took the key after all: a person had it sent once more. Losing the note is harmless. */
export async function forgetRefusedSecret(home: Home, clock: Clock): Promise<void> {
  if (home.memory.refusedSecret !== null) await updateHome(home, () => ({ refusedSecret: null }), clock);
}

/** The first 16 hexadecimal digits of a text's SHA-256: names a folder after a path. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function homePath(folder: string): string {
  return join(folder, 'home.json');
}

/** Null where there is none, or none that can be understood: a new salt then makes every ledger count as lost. */
function readHomeFile(folder: string): Result<HomeFile | null, AppError> {
  const path = homePath(folder);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = errnoOf(error);
    return reason === 'ENOENT' || reason === 'ENOTDIR'
      ? ok(null)
      : err({ code: 'state-unusable', path, reason });
  }
  try {
    const parsed = HomeFile.safeParse(JSON.parse(text));
    return ok(parsed.success ? parsed.data : null);
  } catch {
    return ok(null);
  }
}

/** What can't be understood may still tell a person which profiles were excluded. */
async function putAside(path: string): Promise<void> {
  await toleratingErrno(() => rename(path, `${path}.broken`), ['ENOENT'], undefined);
}

function newHomeFile(ccsDirectory: string): HomeFile {
  const salt = randomBytes(SALT_BYTES).toString('hex');
  return {
    version: 1,
    salt,
    ccsDirectory,
    seen: false,
    excluded: [],
    registry: null,
    localPort: null,
    autoSync: null,
    refusedSecret: null,
  };
}

function homeOf(folder: string, file: HomeFile): Home {
  const { version: _version, salt, ccsDirectory, ...memory } = file;
  return { ccsDirectory, folder, memory, fingerprint: fingerprintWith(salt) };
}

/** A plan asks for the fingerprint of the same key several times, hence the memory. */
function fingerprintWith(salt: string): Fingerprint {
  const known = new Map<string, string>();
  return (value) => {
    let fingerprint = known.get(value);
    if (fingerprint === undefined) {
      fingerprint = createHmac('sha256', salt).update(value).digest('hex');
      known.set(value, fingerprint);
    }
    return fingerprint;
  };
}

function changes(file: HomeFile, change: Partial<HomeMemory>): boolean {
  return JSON.stringify({ ...file, ...change }) !== JSON.stringify(file);
}
