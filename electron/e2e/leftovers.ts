import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const TRACES = /(\.lock|\.tmp|\.new|journal|socket)[^/]*$/;

/** Locks, sockets, journals and temporary files of ours below some folders: an ended program leaves none. */
export function leftovers(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && TRACES.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}
