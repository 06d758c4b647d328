import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { stateError, toleratingErrno } from '../core/files/file-failure.ts';
import { replaceFile } from '../core/files/replace-file.ts';
import { newToken } from './http-access.ts';

/** The token that scripts bring as `Authorization: Bearer`, in a file of ours. */
export interface TokenFile {
  readonly token: string;
  readonly path: string;
  remove(): Promise<void>;
}

/** A new token each run, 0600, in our folder of the CCS directory. Errors: `state-unusable`, `disk-full`. */
export async function createTokenFile(folder: string): Promise<Result<TokenFile, AppError>> {
  const path = join(folder, 'http-token');
  const token = newToken();
  const written = await replaceFile(path, `${token}\n`, { mode: 0o600 });
  if (!written.ok) return err(stateError(written.error));
  return ok({ token, path, remove: () => toleratingErrno(() => unlink(path), ['ENOENT'], undefined) });
}
