import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { err, ok, type Result } from '../../../shared/result.ts';

export type Folder = ReadonlyMap<string, 'link' | 'other'>;

/** Folders as they stood when first asked for: one look at the world lists each only once. */
export interface FolderListings {
  /** The names in a folder, each with what it is, or the system's error code, as in `ENOENT`. */
  readonly list: (folder: string) => Result<Folder, string>;
  /** Whether a path's folder lists it; `unknown` where the folder can't be listed. */
  readonly lookUp: (path: string) => 'there' | 'not-there' | 'unknown';
}

export function folderListings(): FolderListings {
  const listed = new Map<string, Result<Folder, string>>();
  const list: FolderListings['list'] = (folder) => {
    const names = listed.get(folder) ?? readFolder(folder);
    listed.set(folder, names);
    return names;
  };
  return {
    list,
    lookUp: (path) => {
      const names = list(dirname(path));
      if (!names.ok) return 'unknown';
      return names.value.has(basename(path)) ? 'there' : 'not-there';
    },
  };
}

function readFolder(folder: string): Result<Folder, string> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return ok(new Map(entries.map((entry) => [entry.name, entry.isSymbolicLink() ? 'link' : 'other'])));
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return err(error.code);
    throw error;
  }
}
