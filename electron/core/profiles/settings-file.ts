import { link, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, isDiskFull, toleratingErrno } from '../files/file-failure.ts';
import { replaceFile, syncFolder, writeFully } from '../files/replace-file.ts';
import { temporaryPath } from '../files/temporary-file.ts';
import { MAX_SETTINGS_BYTES, versionOf } from './find-profile.ts';
import { readRegularFile } from './regular-file.ts';

/**
 * Makes a settings file that holds a key: mode 0600, whole from its first moment, and never over one that is there
 * (`profile-exists`). Other errors: `profile-unwritable`, `disk-full`.
 */
export async function createSettingsFile(
  profile: { readonly name: string; readonly path: string },
  bytes: Uint8Array,
): Promise<Result<void, AppError>> {
  const { name, path } = profile;
  const temporary = temporaryPath(path);
  try {
    await writeNew(temporary, bytes);
    await linkOrCreate(temporary, path, bytes);
    await syncFolder(dirname(path));
    return ok(undefined);
  } catch (error) {
    const code = errnoOf(error);
    return code === 'EEXIST' ? err({ code: 'profile-exists', name }) : err(writeError(path, code));
  } finally {
    await toleratingErrno(() => unlink(temporary), ['ENOENT', 'ENOTDIR', 'EACCES', 'EROFS'], undefined);
  }
}

/**
 * Replaces a settings file by rename, keeping its mode and owner, through a symlink; `changed` where its content
 * is no longer that of `version`. Errors: `profile-unwritable`, `disk-full`.
 */
export async function replaceSettingsFile(
  path: string,
  text: string,
  version: string,
): Promise<Result<'written' | 'changed', AppError>> {
  const found = { changed: false };
  const beforeRename = (): void => {
    const file = readRegularFile(path, MAX_SETTINGS_BYTES);
    if (file.ok && versionOf(file.value.bytes) === version) return;
    found.changed = true;
    // The only way to stop it here; its code never gets out.
    throw Object.assign(new Error('changed'), { code: 'ESTALE' });
  };
  const written = await replaceFile(path, text, { mode: 'keep', followLinks: true, beforeRename });
  if (written.ok) return ok('written');
  return found.changed ? ok('changed') : err(writeError(path, written.error.code));
}

/** Takes a settings file away; a symlink, not what it leads to. Errors: `profile-unwritable`. */
export async function removeSettingsFile(path: string): Promise<Result<void, AppError>> {
  try {
    await toleratingErrno(() => unlink(path), ['ENOENT', 'ENOTDIR'], undefined);
    return ok(undefined);
  } catch (error) {
    return err(writeError(path, errnoOf(error)));
  }
}

async function linkOrCreate(temporary: string, path: string, bytes: Uint8Array): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const code = errnoOf(error);
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    // A file system without hard links.
    await writeNew(path, bytes);
  }
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await writeFully(handle, bytes, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function writeError(path: string, reason: string): AppError {
  return isDiskFull(reason) ? { code: 'disk-full', path } : { code: 'profile-unwritable', path, reason };
}
