import { constants } from 'node:fs';
import { open, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../../shared/result.ts';
import { systemClock, type Clock } from '../support/clock.ts';
import { errnoOf, toleratingErrno, type FileFailure } from './file-failure.ts';
import { temporaryPath } from './temporary-file.ts';

export interface ReplaceOptions {
  /** The new file's permission bits, or `keep`: mode and owner of the file that is there. 0600 by default. */
  readonly mode?: number | 'keep';
  /** Replace what a symlink points to and keep the link, as for files of the user. */
  readonly followLinks?: boolean;
  /** Called when the new content is on the disk under its temporary name; kill tests stop here. */
  readonly beforeRename?: () => void | Promise<void>;
  readonly clock?: Clock;
  readonly platform?: NodeJS.Platform;
}

/**
 * Replaces a file by rename, so that a reader, a kill or a power failure meets the old content or the new, never
 * a mix. On failure the old file stands and nothing is left behind.
 */
export async function replaceFile(
  path: string,
  data: string | Uint8Array,
  options: ReplaceOptions = {},
): Promise<Result<void, FileFailure>> {
  try {
    const target = options.followLinks === true ? await linkTarget(path) : path;
    const temporary = temporaryPath(target);
    try {
      await writeNew(temporary, data, await wantedIdentity(target, options.mode ?? 0o600));
      await options.beforeRename?.();
      await renamePatiently(temporary, target, options);
    } catch (error) {
      await toleratingErrno(() => unlink(temporary), ['ENOENT'], undefined);
      throw error;
    }
    await syncFolder(dirname(target));
    return ok(undefined);
  } catch (error) {
    return err({ code: errnoOf(error), path });
  }
}

/**
 * Makes renames and removals in a folder last through a power failure. Where the system has no such thing for
 * folders (Windows, some network file systems) it does nothing.
 */
export async function syncFolder(folder: string): Promise<void> {
  const refusals = ['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EACCES', 'EBADF'];
  const handle = await toleratingErrno(() => open(folder, constants.O_RDONLY), refusals, undefined);
  if (handle === undefined) return;
  try {
    await toleratingErrno(() => handle.sync(), refusals, undefined);
  } finally {
    await handle.close();
  }
}

/** Writes all the bytes from `position` on; a system may write fewer than asked in one call. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

interface Identity {
  readonly mode: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
}

async function wantedIdentity(path: string, mode: number | 'keep'): Promise<Identity> {
  if (mode !== 'keep') return { mode };
  const found = await toleratingErrno(() => stat(path), ['ENOENT'], undefined);
  if (found === undefined) return { mode: 0o600 };
  return { mode: found.mode & 0o777, owner: { uid: found.uid, gid: found.gid } };
}

async function writeNew(path: string, data: string | Uint8Array, identity: Identity): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    // The owner first: changing it may clear mode bits. Only root can give files away; others own them already.
    const { owner, mode } = identity;
    if (owner !== undefined)
      await toleratingErrno(() => handle.chown(owner.uid, owner.gid), ['EPERM'], undefined);
    if (mode !== 0o600) await handle.chmod(mode);
    await writeFully(handle, typeof data === 'string' ? Buffer.from(data) : data, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** On Windows a virus scanner or an indexer may hold either file for a moment: some two seconds of retries. */
async function renamePatiently(from: string, to: string, options: ReplaceOptions): Promise<void> {
  const { platform = process.platform, clock = systemClock() } = options;
  const passing = platform === 'win32' ? ['EPERM', 'EACCES', 'EBUSY'] : [];
  for (let delayMs = 10; delayMs < 1_000; delayMs *= 2) {
    const done = await toleratingErrno(() => rename(from, to).then(() => true), passing, false);
    if (done) return;
    await clock.sleep(delayMs);
  }
  await rename(from, to);
}

async function linkTarget(path: string): Promise<string> {
  return toleratingErrno(() => realpath(path), ['ENOENT'], path);
}
