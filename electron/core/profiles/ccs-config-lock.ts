import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';
import { errnoOf, toleratingErrno } from '../files/file-failure.ts';
import { writeFully } from '../files/replace-file.ts';
import { temporaryPath } from '../files/temporary-file.ts';
import type { Clock } from '../support/clock.ts';

/** CCS itself waits one second and holds the lock for a few milliseconds. */
const WAIT_MS = 3000;
const POLL_MS = 25;
/** A holder's file is written in no time; one that can't be read after this has none. */
const ILLEGIBLE_AFTER_MS = 5000;

/**
 * Runs `work` under CCS's own lock of its config.yaml, in CCS's format (CCS 7.79.1: pid, milliseconds since the
 * epoch, a random id, each on a line of its own): CCS then waits for us as it waits for itself. As there, the lock
 * of a process that is dead is taken over, that of a living one never. Errors: `ccs-config-locked`,
 * `ccs-config-unusable`, and those of `work`.
 */
export async function underCcsLock<T>(
  ccs: { readonly ccsDirectory: string; readonly clock: Clock },
  work: () => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  const path = join(ccs.ccsDirectory, 'config.yaml.lock');
  const token = randomUUID();
  try {
    const holder = await acquire(path, token, ccs.clock);
    if (holder !== null) return err({ code: 'ccs-config-locked', path, pid: holder });
  } catch (error) {
    return err({ code: 'ccs-config-unusable', path, reason: errnoOf(error) });
  }
  try {
    return await work();
  } finally {
    await release(path, token);
  }
}

/** Null once it is ours, else the process that has it (0 where that can't be read). */
async function acquire(path: string, token: string, clock: Clock): Promise<number | null> {
  const deadline = clock.now() + WAIT_MS;
  for (;;) {
    if (await createLock(path, `${process.pid}\n${clock.now()}\n${token}`)) return null;
    const text = await toleratingErrno(() => readFile(path, 'utf8'), ['ENOENT'], undefined);
    if (text === undefined) continue;
    const pid = Number.parseInt(text, 10);
    if (await isStale(path, pid)) {
      await takeAway(path, text);
      continue;
    }
    if (clock.now() >= deadline) return Number.isInteger(pid) ? pid : 0;
    await clock.sleep(POLL_MS);
  }
}

/** The lock must appear with its content: CCS takes an empty one for abandoned. */
async function createLock(path: string, text: string): Promise<boolean> {
  const temporary = temporaryPath(path);
  try {
    await writeNew(temporary, text);
    await link(temporary, path);
    return true;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    // A file system without hard links.
    return await toleratingErrno(() => writeNew(path, text).then(() => true), ['EEXIST'], false);
  } finally {
    await toleratingErrno(() => unlink(temporary), ['ENOENT'], undefined);
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await writeFully(handle, Buffer.from(text), 0);
  } finally {
    await handle.close();
  }
}

async function isStale(path: string, pid: number): Promise<boolean> {
  if (Number.isInteger(pid) && pid > 0) return !isAlive(pid);
  const found = await toleratingErrno(() => stat(path), ['ENOENT'], undefined);
  return found !== undefined && Date.now() - found.mtimeMs > ILLEGIBLE_AFTER_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

/** Moves a stale lock aside; what turns out to be another's, made in between, is put back. */
async function takeAway(path: string, text: string): Promise<void> {
  const aside = temporaryPath(path);
  const isMoved = await toleratingErrno(() => rename(path, aside).then(() => true), ['ENOENT'], false);
  if (!isMoved) return;
  if ((await readFile(aside, 'utf8')) !== text)
    await toleratingErrno(() => link(aside, path), ['EEXIST'], undefined);
  await toleratingErrno(() => unlink(aside), ['ENOENT'], undefined);
}

async function release(path: string, token: string): Promise<void> {
  const text = await toleratingErrno(() => readFile(path, 'utf8'), ['ENOENT'], undefined);
  if (text?.endsWith(token) === true) await toleratingErrno(() => unlink(path), ['ENOENT'], undefined);
}
