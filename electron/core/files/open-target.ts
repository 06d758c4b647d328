import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, toleratingErrno } from './file-failure.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** A target that is open: its bytes as they were read, and the one descriptor all later work goes through. */
export interface OpenTarget {
  /** As the user named it; may lead through symlinks. */
  readonly path: string;
  /** Where it really lies: what lock and journal are kept for. */
  readonly realPath: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, in hexadecimal digits. */
  readonly hash: string;
  readonly dev: bigint;
  readonly ino: bigint;
  /** The permission bits. */
  readonly mode: number;
  /** Null where it can be written; else why not: the system's code, or `opened-to-read`. */
  readonly unwritable: string | null;
  readonly handle: FileHandle;
  /** Closes the descriptor. Again does nothing. */
  close(): Promise<void>;
}

/**
 * The real path of a target, to take its lock before it is opened. Of a missing file it is the one that it would
 * get. `target-unreadable`: the system's code, as for a loop of symlinks.
 */
export async function resolveTarget(path: string): Promise<Result<string, AppError>> {
  try {
    const found = await toleratingErrno(() => realpath(path), ['ENOENT'], undefined);
    if (found !== undefined) return ok(found);
    const folder = await toleratingErrno(() => realpath(dirname(path)), ['ENOENT'], dirname(path));
    return ok(join(folder, basename(path)));
  } catch (error) {
    return err({ code: 'target-unreadable', path, reason: errnoOf(error) });
  }
}

/**
 * Opens and reads a target. With `write`, a file that may only be read is opened nevertheless and says so in
 * `unwritable`: there may be nothing to write. `target-missing` (whether CCS is installed is the caller's to fill
 * in); `target-unreadable`: the system's code, `not-a-file` or `too-large` (over 64 MiB).
 */
export async function openTarget(
  path: string,
  access: 'read' | 'write',
): Promise<Result<OpenTarget, AppError>> {
  let handle: FileHandle | undefined;
  try {
    const realPath = await realpath(path);
    // Asked before opening, since opening a device can have effects, and after, since it may have been replaced.
    if (!(await stat(realPath)).isFile()) return unreadable(path, 'not-a-file');
    const opened = await openAs(realPath, access);
    handle = opened.handle;
    const found = await handle.stat({ bigint: true });
    const bytes = found.isFile() ? await readAll(handle, Number(found.size)) : 'not-a-file';
    if (typeof bytes === 'string') {
      await handle.close();
      return unreadable(path, bytes);
    }
    const { dev, ino } = found;
    const mode = Number(found.mode & 0o7777n);
    const base = { path, realPath, bytes, hash: hashOf(bytes), dev, ino, mode };
    return ok({ ...base, ...opened, close: closerOf(handle) });
  } catch (error) {
    await handle?.close();
    const code = errnoOf(error);
    return code === 'ENOENT'
      ? err({ code: 'target-missing', path, ccsInstalled: false })
      : unreadable(path, code);
  }
}

/** Whether file and path are still what was opened and read: same bytes, and the path leads to the same file. */
export async function isUnchanged(target: OpenTarget): Promise<boolean> {
  const { size } = await target.handle.stat();
  if (size !== target.bytes.length) return false;
  const now = await readAll(target.handle, size);
  return typeof now !== 'string' && hashOf(now) === target.hash && (await isInPlace(target));
}

/** Whether the path still leads to the file that was opened. Others replace files by renaming over them. */
export async function isInPlace({ path, dev, ino }: OpenTarget): Promise<boolean> {
  const found = await toleratingErrno(
    () => stat(path, { bigint: true }),
    ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'],
    undefined,
  );
  return found?.dev === dev && found.ino === ino;
}

/** SHA-256 in hexadecimal digits. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

interface Opened {
  readonly handle: FileHandle;
  readonly unwritable: string | null;
}

async function openAs(path: string, access: 'read' | 'write'): Promise<Opened> {
  // Not to wait for the other end, should it have become a FIFO meanwhile. Windows has no such flag.
  const nonBlocking = (constants.O_NONBLOCK as number | undefined) ?? 0;
  const toRead = async () => open(path, constants.O_RDONLY | nonBlocking);
  if (access === 'read') return { handle: await toRead(), unwritable: 'opened-to-read' };
  try {
    return { handle: await open(path, constants.O_RDWR | nonBlocking), unwritable: null };
  } catch (error) {
    const code = errnoOf(error);
    if (!['EACCES', 'EPERM', 'EROFS', 'ETXTBSY', 'EBUSY'].includes(code)) throw error;
    return { handle: await toRead(), unwritable: code };
  }
}

/** Reads to the end; the size is where it probably is. */
async function readAll(handle: FileHandle, size: number): Promise<Uint8Array | 'too-large'> {
  if (size > MAX_BYTES) return 'too-large';
  let buffer = Buffer.alloc(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
    if (length > MAX_BYTES) return 'too-large';
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
  }
}

function closerOf(handle: FileHandle): () => Promise<void> {
  let closed = false;
  return async () => {
    if (closed) return;
    closed = true;
    await handle.close();
  };
}

function unreadable(path: string, reason: string): Result<never, AppError> {
  return err({ code: 'target-unreadable', path, reason });
}
