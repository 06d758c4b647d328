import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { err, ok, type Result } from '../../../shared/result.ts';

export type FileFault = 'not-found' | 'not-a-file' | 'no-permission' | 'too-large' | 'io';

export interface FileBytes {
  readonly bytes: Buffer;
  /** Permission bits. */
  readonly mode: number;
}

/**
 * Reads a regular file, following symlinks. Synchronous, because a thousand small reads through the thread pool
 * take several times as long. Never waits for a FIFO or touches a device.
 */
export function readRegularFile(path: string, maxBytes: number): Result<FileBytes, FileFault> {
  let descriptor: number | null = null;
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return err('not-a-file');
    if (stat.size > maxBytes) return err('too-large');
    // What is opened may be another file than the one looked at: hence no blocking, and the limit once more.
    descriptor = openSync(path, constants.O_RDONLY | nonBlocking());
    const bytes = readToEnd(descriptor, stat.size, maxBytes);
    return bytes === null ? err('too-large') : ok({ bytes, mode: stat.mode & 0o7777 });
  } catch (error) {
    return err(faultOf(error));
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Windows has no such flag. */
function nonBlocking(): number {
  return (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;
}

/** Room for one byte more than expected: a read that leaves some of it has met the end. */
function readToEnd(descriptor: number, size: number, maxBytes: number): Buffer | null {
  let buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    length += readSync(descriptor, buffer, length, buffer.length - length, null);
    if (length > maxBytes) return null;
    if (length < buffer.length) return buffer.subarray(0, length);
    buffer = Buffer.concat([buffer, Buffer.allocUnsafe(length)]);
  }
}

function faultOf(error: unknown): FileFault {
  if (!(error instanceof Error) || !('syscall' in error)) throw error;
  const code = 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'not-found';
  if (code === 'EACCES' || code === 'EPERM') return 'no-permission';
  if (code === 'EISDIR') return 'not-a-file';
  return 'io';
}
