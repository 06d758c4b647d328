import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Names } from './folder-look.ts';
import type { WatchedPaths } from './watcher-interface.ts';

/**
 * The folders to watch, and which names in each matter. A file is watched through its folder, so that it may be
 * missing or replaced; where it is a symbolic link, the folder of the file it leads to is watched, too.
 */
export async function placesToWatch({ folders, files }: WatchedPaths): Promise<ReadonlyMap<string, Names>> {
  const places = new Map<string, Set<string> | null>();
  const addFile = (path: string): void => {
    const [folder, name] = [dirname(path), basename(path)];
    const names = places.get(folder);
    if (names === undefined) places.set(folder, new Set([name]));
    else names?.add(name);
  };
  for (const folder of folders) places.set(resolve(folder), null);
  for (const file of files) addFile(resolve(file));
  const linked = await Promise.all([...folders.map(linkedFiles), ...files.map(linkedFile)]);
  for (const path of linked.flat()) addFile(path);
  return places;
}

/** The files that symbolic links in this folder lead to. A folder that can't be listed has none. */
async function linkedFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const links = entries.filter((entry) => entry.isSymbolicLink());
  const targets = await Promise.all(links.map((entry) => targetFile(join(folder, entry.name))));
  return targets.flat();
}

async function linkedFile(path: string): Promise<readonly string[]> {
  const stats = await lstat(path).catch(() => null);
  return stats?.isSymbolicLink() === true ? targetFile(path) : [];
}

/** None where the link leads nowhere, or to a folder. */
async function targetFile(link: string): Promise<readonly string[]> {
  try {
    const path = await realpath(link);
    return (await stat(path)).isFile() ? [path] : [];
  } catch {
    return [];
  }
}
