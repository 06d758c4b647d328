import { type BigIntStats, constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';

/** Which names in a folder matter; null: all. */
export type Names = ReadonlySet<string> | null;

/** What stands at a folder's path now. */
export type FolderLook =
  /** `identity` is another one when the folder was replaced. */
  | { readonly kind: 'folder'; readonly identity: string }
  | { readonly kind: 'missing' }
  /** `code` is the system's, as in EACCES. */
  | { readonly kind: 'unreadable'; readonly code: string };

/** Looks whether a folder is there and may be listed. */
export async function lookAtFolder(folder: string): Promise<FolderLook> {
  try {
    const stats = await stat(folder, { bigint: true });
    if (!stats.isDirectory()) return { kind: 'missing' };
    await access(folder, constants.R_OK | constants.X_OK);
    // A new folder often gets the inode of the one just deleted, but not its time of birth.
    return { kind: 'folder', identity: `${stats.dev}:${stats.ino}:${stats.birthtimeNs}` };
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'unreadable', code };
  }
}

/**
 * A text that differs when a file in the folder was changed, replaced, added or removed; for folders of which the
 * system tells nothing. What can't be looked at is part of it.
 */
export async function fingerprintFolder(folder: string, names: Names): Promise<string> {
  const listed = names === null ? await readdir(folder).catch(errorCode) : [...names];
  if (typeof listed === 'string') return listed;
  const lines = await Promise.all(
    listed.map((name) => stat(join(folder, name), { bigint: true }).then(fileFingerprint, errorCode)),
  );
  return listed.map((name, index) => `${name}/${lines[index] ?? ''}`).join('\n');
}

function fileFingerprint({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}
