import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shortHash } from '../core/sync/home.ts';
import type { SyncContext } from '../core/sync/sync-context.ts';
import { errnoOf } from '../core/files/file-failure.ts';

/** Node silently cuts a socket's path off after 107 bytes (103 on macOS): it would listen somewhere else. */
const MOST_BYTES = 103;

/** Where the service of one CCS directory is reached. `folder` must be 0700; null for a named pipe. */
export interface SocketPlace {
  readonly path: string;
  readonly folder: string | null;
}

/**
 * The control socket lies in our own folder of the CCS directory; where that path would be too long, in
 * `$XDG_RUNTIME_DIR` or the folder for temporary files, under a name made of a hash. A named pipe on Windows.
 */
export function socketPlace(context: SyncContext, temporary: string = tmpdir()): SocketPlace {
  const { stateFolder, ccsDirectory, env, platform } = context;
  const hash = createHash('sha256').update(`${stateFolder}\0${ccsDirectory}`).digest('hex').slice(0, 16);
  if (platform === 'win32') return { path: `\\\\.\\pipe\\cliproxy-sync-${hash}`, folder: null };
  const own = join(stateFolder, 'homes', shortHash(ccsDirectory));
  const runtime = env['XDG_RUNTIME_DIR'] ?? '';
  const user = String(process.getuid?.() ?? '');
  const folders = [
    own,
    ...(runtime.startsWith('/') ? [join(runtime, 'cliproxy-sync')] : []),
    join(temporary, `cliproxy-sync-${user}`),
  ];
  const places = folders.map((folder) => ({ folder, path: join(folder, folder === own ? 'socket' : hash) }));
  // Nothing is shorter than /tmp on the systems that we know.
  return places.find(({ path }) => Buffer.byteLength(path) <= MOST_BYTES) ?? inShortFolder(hash, user);
}

function inShortFolder(hash: string, user: string): SocketPlace {
  const folder = `/tmp/cliproxy-sync-${user}`;
  return { folder, path: join(folder, hash) };
}

/**
 * Whether something stands there that may be our service: a socket of this user, in a folder that nobody else can
 * write to. In a shared folder anybody may have put one there.
 */
export function isOurSocket({ path, folder }: SocketPlace): boolean {
  if (folder === null) return true;
  try {
    const uid = process.getuid?.();
    const [socket, around] = [lstatSync(path), lstatSync(folder)];
    const isPrivate = around.isDirectory() && around.uid === uid && (around.mode & 0o022) === 0;
    return isPrivate && socket.isSocket() && socket.uid === uid;
  } catch (error) {
    errnoOf(error);
    return false;
  }
}
