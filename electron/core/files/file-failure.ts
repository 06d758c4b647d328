import type { AppError } from '../../../shared/errors.ts';

/** A file operation that the operating system refused: its code, as in `EACCES`, and the path it was about. */
export interface FileFailure {
  readonly code: string;
  readonly path: string;
}

/** The code of an error of the file system. What is no such error is a bug and is thrown on. */
export function errnoOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

/** Runs a file operation; its error becomes the given value where its code is among the given ones. */
export async function toleratingErrno<T>(
  operation: () => Promise<T>,
  codes: readonly string[],
  otherwise: T,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (codes.includes(errnoOf(error))) return otherwise;
    throw error;
  }
}

/** No space left, be it the disk or the user's quota. */
export function isDiskFull(code: string): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** The failure of a write to a file of our own, in the state folder. */
export function stateError(failure: FileFailure): AppError {
  return isDiskFull(failure.code)
    ? { code: 'disk-full', path: failure.path }
    : { code: 'state-unusable', path: failure.path, reason: failure.code };
}

/** The failure of a write to the target. */
export function targetWriteError(failure: FileFailure): AppError {
  return isDiskFull(failure.code)
    ? { code: 'disk-full', path: failure.path }
    : { code: 'target-unwritable', path: failure.path, reason: failure.code };
}
