import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { posix } from 'node:path';

/** A process of this machine that listens on a TCP port, and that we may look into (Linux). */
export interface ListeningProcess {
  readonly pid: number;
  /** The words of its command line. */
  readonly command: readonly string[];
}

/** How long the event loop may be held at a stretch while every process's descriptors are looked through. */
const SLICE_MS = 10;

/**
 * Who listens on a TCP port, on any address, as far as we may look into it: `complete` is false where a socket's
 * process was not found (another user's, another container's, or not Linux).
 */
export async function listeningProcesses(
  port: number,
): Promise<{ readonly processes: readonly ListeningProcess[]; readonly complete: boolean }> {
  const wanted = listeningSockets(port);
  if (wanted.size === 0) return { processes: [], complete: false };
  const found = new Set<string>();
  const processes: ListeningProcess[] = [];
  let sliceStart = performance.now();
  for (const candidate of likelyFirst(readableProcesses())) {
    const sockets = socketsOf(candidate.pid).filter((socket) => wanted.has(socket));
    if (sockets.length > 0) processes.push(candidate);
    for (const socket of sockets) found.add(socket);
    if (found.size === wanted.size) break;
    if (performance.now() - sliceStart > SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      sliceStart = performance.now();
    }
  }
  return { processes, complete: found.size === wanted.size };
}

/**
 * The config file that a CLIProxyAPI process was started with, as a path that reaches it from here: the last
 * `-config` of its command line, else `config.yaml` in its working folder [seen on 7.2.99]. Goes through the
 * process's own root, so that a container's path names what the container sees. Null where it can't be told.
 */
export function startedWithConfig(process: ListeningProcess): string | null {
  try {
    const folder = readlinkSync(`/proc/${process.pid}/cwd`);
    const path = posix.resolve(folder, configArgument(process.command.slice(1)) ?? 'config.yaml');
    return `/proc/${process.pid}/root${path}`;
  } catch {
    return null;
  }
}

/** Go's flags: `-config FILE`, `--config FILE`, `-config=FILE`, `--config=FILE`; the last one counts. */
function configArgument(words: readonly string[]): string | null {
  let value: string | null = null;
  for (const [index, word] of words.entries()) {
    if (word === '--') break;
    const match = /^--?config(?:=([\s\S]*))?$/.exec(word);
    if (match !== null) value = match[1] ?? words[index + 1] ?? value;
  }
  return value === '' ? null : value;
}

/** Inode numbers of the sockets in state LISTEN (0A) on the port, of this network namespace. */
function listeningSockets(port: number): ReadonlySet<string> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (readText(table) ?? '').split('\n')) {
      const fields = line.trim().split(/\s+/);
      if (fields[3] === '0A' && fields[1]?.endsWith(suffix) === true && fields[9] !== undefined) {
        sockets.add(fields[9]);
      }
    }
  }
  return sockets;
}

function readableProcesses(): readonly ListeningProcess[] {
  const processes: ListeningProcess[] = [];
  const self = process.getuid?.() ?? 0;
  for (const name of listFolder('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (self !== 0 && lstatSync(`/proc/${name}`).uid !== self) continue;
    } catch {
      continue;
    }
    const command = readText(`/proc/${name}/cmdline`);
    // A kernel thread has no command line, and no socket of its own.
    if (command === null || command === '') continue;
    processes.push({ pid: Number(name), command: command.replace(/\0$/, '').split('\0') });
  }
  return processes;
}

/** On a desktop there are hundreds of processes; the one that is mostly meant says so in its name. */
function likelyFirst(processes: readonly ListeningProcess[]): readonly ListeningProcess[] {
  const isLikely = (candidate: ListeningProcess): boolean => /cli-?proxy/i.test(candidate.command[0] ?? '');
  return [...processes.filter(isLikely), ...processes.filter((candidate) => !isLikely(candidate))];
}

function socketsOf(pid: number): readonly string[] {
  const sockets: string[] = [];
  for (const descriptor of listFolder(`/proc/${pid}/fd`)) {
    try {
      const match = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`));
      if (match?.[1] !== undefined) sockets.push(match[1]);
    } catch {
      // Closed since it was listed.
    }
  }
  return sockets;
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
