import { dirname } from 'node:path';
import type { WatchedPaths } from '../watch/watcher-interface.ts';

export interface WatchedWorld {
  readonly ccsDirectory: string;
  /** The target as CCS names it, and where symlinks lead. */
  readonly target: { readonly path: string; readonly realPath: string };
  /** Of all profiles that are known. */
  readonly profilePaths: readonly string[];
}

/** The CCS directory (its own settings lie in it, too), the profiles that lie elsewhere, and the target. */
export function watchedPaths({ ccsDirectory, target, profilePaths }: WatchedWorld): WatchedPaths {
  const elsewhere = profilePaths.filter((path) => dirname(path) !== ccsDirectory);
  return { folders: [ccsDirectory], files: [...new Set([target.path, target.realPath, ...elsewhere])] };
}
