import { randomBytes } from 'node:crypto';
import { link, open, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import { errnoOf, stateError, toleratingErrno } from './file-failure.ts';
import { readLock, type LockContent } from './lock-content.ts';
import { currentProcess } from './process-identity.ts';
import { removeLeftovers, temporaryPath } from './temporary-file.ts';

const CLAIM = /\.claim-[\w-]+$/;

export interface LockOptions {
  readonly clock: Clock;
  /** How long to wait for another holder, in milliseconds; 0 tries once (a stale lock is still taken over). */
  readonly waitMs: number;
  /** Pause between two tries, in milliseconds; 25 by default. */
  readonly pollMs?: number;
}

export interface Lock {
  /** Gives the lock back. Again does nothing. */
  release(): Promise<void>;
}

/**
 * Takes the lock file at `path`, in a folder that exists. `locked` names the holder, `pid` 0 where its file can't
 * be read; `state-unusable` and `disk-full` where no lock can be made at all.
 */
export async function acquireLock(path: string, options: LockOptions): Promise<Result<Lock, AppError>> {
  const { clock, waitMs, pollMs = 25 } = options;
  const deadline = clock.now() + waitMs;
  try {
    for (;;) {
      const id = await createLock(path);
      if (id !== undefined) {
        await tidyUp(path, clock.now());
        return ok({ release: () => releaseLock(path, id) });
      }
      const found = await readLock(path, clock.now());
      if (found.kind === 'gone') continue;
      if (found.kind === 'stale' && (await removeStale(path, found.id, clock.now()))) continue;
      if (clock.now() >= deadline) return err({ code: 'locked', path, pid: found.pid, host: found.host });
      await clock.sleep(pollMs);
    }
  } catch (error) {
    return err(stateError({ code: errnoOf(error), path }));
  }
}

/** Returns the new lock's id, or undefined where there is a lock already. */
async function createLock(path: string): Promise<string | undefined> {
  const id = `${process.pid}-${randomBytes(8).toString('hex')}`;
  const content: LockContent = { ...currentProcess(), id };
  const text = JSON.stringify(content);
  const temporary = temporaryPath(path);
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: 0o600 });
    return (await linkOrCreate(temporary, path, text)) ? id : undefined;
  } finally {
    await toleratingErrno(() => unlink(temporary), ['ENOENT'], undefined);
  }
}

/** Returns whether the lock is made; not where there is one already. */
async function linkOrCreate(temporary: string, path: string, text: string): Promise<boolean> {
  try {
    // A link appears with its whole content, a file that is created and then written does not.
    await link(temporary, path);
    return true;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    return createWithoutLink(path, text);
  }
}

/** For file systems without hard links; a reader takes the moment of the empty file for a lock that is held. */
async function createWithoutLink(path: string, text: string): Promise<boolean> {
  const handle = await toleratingErrno(() => open(path, 'wx', 0o600), ['EEXIST'], undefined);
  if (handle === undefined) return false;
  try {
    await handle.writeFile(text);
    return true;
  } finally {
    await handle.close();
  }
}

/**
 * Removes the stale lock with this id; returns whether the way is free to try again. Others may judge the same
 * lock stale at the same time, and one of them may already have put its own in place: renaming that away, even
 * to put it back, would leave a moment in which a third could take the lock as well. So the right to remove a
 * stale lock is a lock of its own, named after the lock's id, and under it the lock is read again.
 */
async function removeStale(path: string, id: string, nowMs: number): Promise<boolean> {
  const claim = `${path.replace(CLAIM, '')}.claim-${id}`;
  const claimId = await createLock(claim);
  if (claimId === undefined) {
    const found = await readLock(claim, nowMs);
    return found.kind === 'stale' ? removeStale(claim, found.id, nowMs) : found.kind === 'gone';
  }
  try {
    const found = await readLock(path, nowMs);
    if (found.kind !== 'stale' || found.id !== id) return true;
    const aside = temporaryPath(path);
    // Gone where this is a claim that `tidyUp` found to be of no use any more.
    await toleratingErrno(() => rename(path, aside).then(() => unlink(aside)), ['ENOENT'], undefined);
    return true;
  } finally {
    await releaseLock(claim, claimId);
  }
}

/**
 * Removes what killed processes left beside the lock. To be called by its holder: no stale lock is in place then,
 * and ids never come back, so no claim has anything left to give a right to. What can't be removed does no harm.
 */
async function tidyUp(path: string, nowMs: number): Promise<void> {
  const folder = dirname(path);
  try {
    for (const name of await readdir(folder)) {
      if (!CLAIM.test(name) || name.replace(CLAIM, '') !== basename(path)) continue;
      await toleratingErrno(() => unlink(join(folder, name)), ['ENOENT'], undefined);
    }
    await removeLeftovers(folder, nowMs);
  } catch (error) {
    errnoOf(error);
  }
}

async function releaseLock(path: string, id: string): Promise<void> {
  const text = await toleratingErrno(() => readFile(path, 'utf8'), ['ENOENT'], undefined);
  // Not ours any more where somebody removed it by hand and another took it.
  if (text?.includes(`"${id}"`) !== true) return;
  await toleratingErrno(() => unlink(path), ['ENOENT'], undefined);
}
