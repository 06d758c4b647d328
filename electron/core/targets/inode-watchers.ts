import { readdirSync, readFileSync, statSync, watch, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { listeningProcesses, startedWithConfig, type ListeningProcess } from './listening-processes.ts';

/**
 * Whether the proxy that listens on a port watches a file. `watched` and `not-watched` were seen; a proxy that
 * does not watch its file loads nothing that is written to it until it restarts.
 * `other-config`: it was started with another file, which was seen to be another one.
 */
export type WatchSighting =
  | { readonly state: 'watched' | 'not-watched' | 'other-config'; readonly pid: number }
  | { readonly state: 'unknown'; readonly pid: number | null };

/** Which file an inotify watch is on, in the kernel's numbers: `<inode>:<device>` in hexadecimal. */
type InodeName = string;

/**
 * Looks at the inotify watches of the process that listens on `port`, not at who else watches the file (we do,
 * and editors). Reads /proc, so it is `unknown` elsewhere than on Linux, for processes of other users, and for
 * what listens on behalf of a container (docker-proxy watches nothing).
 *
 * Seen on 7.2.99 (its fsnotify watches the file itself and auth-dir, and nothing else): at the start one line for
 * the file's inode and one for auth-dir's; unchanged by writes in place; after one rename over the file the line
 * for the file is gone for good and nothing watches the new inode. Where the old inode lives on by another link,
 * its line stays, for the wrong inode. Where auth-dir is the file's own folder, a proxy that was started with an
 * absolute path hears of the file through that watch, one started with a relative path does not: `unknown`.
 */
export async function sightWatch(request: {
  readonly port: number;
  readonly realPath: string;
}): Promise<WatchSighting> {
  if (process.platform !== 'linux') return { state: 'unknown', pid: null };
  const { processes, complete } = await listeningProcesses(request.port);
  const [listener] = processes;
  if (listener === undefined || processes.length > 1 || !complete) return { state: 'unknown', pid: null };
  const { pid } = listener;
  const watches = watchesOf(pid);
  // CLIProxyAPI always watches auth-dir: what watches nothing is something else, or not yet started up.
  if (watches.size === 0) return { state: 'unknown', pid };
  const file = statOf(request.realPath);
  if (file === null) return { state: 'unknown', pid };
  if (watches.has(inodeName(file))) return { state: 'watched', pid };
  const config = configOf(listener, file);
  if (config === 'other') return { state: 'other-config', pid };
  if (config === 'unknown') return { state: 'unknown', pid };
  return { state: watchState(watches, request.realPath), pid };
}

/** That a watch is missing may be said only where the kernel's numbers for the file are known for sure. */
function watchState(
  watches: ReadonlySet<InodeName>,
  realPath: string,
): 'watched' | 'not-watched' | 'unknown' {
  const file = kernelNameOf(realPath);
  const folder = kernelNameOf(dirname(realPath));
  if (file === null || folder === null) return 'unknown';
  if (watches.has(file)) return 'watched';
  return watches.has(folder) ? 'unknown' : 'not-watched';
}

function configOf(listener: ListeningProcess, file: BigIntStats): 'this' | 'other' | 'unknown' {
  const path = startedWithConfig(listener);
  const config = path === null ? null : statOf(path);
  if (config === null) return 'unknown';
  if (config.ino === file.ino && config.dev === file.dev) return 'this';
  // In a container that mounts the file alone, a rename leaves its old inode under the old path: not "other".
  return sameMounts(listener.pid) ? 'other' : 'unknown';
}

function sameMounts(pid: number): boolean {
  const theirs = statOf(`/proc/${pid}/ns/mnt`);
  return theirs !== null && theirs.ino === statOf('/proc/self/ns/mnt')?.ino;
}

/**
 * How the kernel names a path's inode in fdinfo. That is not always what stat tells (btrfs, overlayfs), so we
 * watch the path ourselves for a moment and look at what appears among our own watches.
 */
function kernelNameOf(path: string): InodeName | null {
  const told = statOf(path);
  if (told === null) return null;
  const before = watchesOf('self');
  if (before.has(inodeName(told))) return inodeName(told);
  let after: ReadonlySet<InodeName>;
  try {
    const watcher = watch(path, { persistent: false });
    watcher.on('error', () => watcher.close());
    after = watchesOf('self');
    watcher.close();
  } catch {
    return null;
  }
  if (after.has(inodeName(told))) return inodeName(told);
  const [added, ...others] = [...after].filter((name) => !before.has(name));
  return others.length === 0 ? (added ?? null) : null;
}

/** All inotify watches of a process: the lines `inotify wd:1 ino:9840c9 sdev:fe00000 …` of its descriptors. */
function watchesOf(pid: number | 'self'): ReadonlySet<InodeName> {
  const names = new Set<InodeName>();
  const folder = `/proc/${pid}/fdinfo`;
  for (const descriptor of listFolder(folder)) {
    let text: string;
    try {
      text = readFileSync(`${folder}/${descriptor}`, 'utf8');
    } catch {
      continue;
    }
    for (const match of text.matchAll(/^inotify wd:\S+ ino:([0-9a-f]+) sdev:([0-9a-f]+)/gm)) {
      names.add(`${match[1] ?? ''}:${match[2] ?? ''}`);
    }
  }
  return names;
}

/** fdinfo prints the kernel's own device number (major << 20 | minor), stat returns the C library's. */
function inodeName(stat: BigIntStats): InodeName {
  const major = ((stat.dev >> 8n) & 0xfffn) | ((stat.dev >> 32n) & 0xfffff000n);
  const minor = (stat.dev & 0xffn) | ((stat.dev >> 12n) & 0xffffff00n);
  return `${stat.ino.toString(16)}:${((major << 20n) | minor).toString(16)}`;
}

function statOf(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return null;
  }
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
