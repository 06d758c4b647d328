import { lstatSync } from 'node:fs';
import { chmod, unlink } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { errnoOf, stateError, toleratingErrno } from '../core/files/file-failure.ts';
import { ensureFolder } from '../core/files/state-folder.ts';
import type { Clock } from '../core/support/clock.ts';
import type { Dispatch } from './dispatch.ts';
import { serveSocket } from './socket-session.ts';
import type { SocketPlace } from './socket-path.ts';
import type { Hello } from './socket-protocol.ts';
import { createStateText, type StateSource } from './state-text.ts';

const MOST_CONNECTIONS = 128;

export interface SocketOptions {
  readonly place: SocketPlace;
  readonly hello: Hello;
  readonly dispatch: Dispatch;
  readonly states: StateSource;
  readonly clock: Clock;
}

export interface SocketService {
  /** Ends all connections and removes the socket. Again does nothing. */
  readonly close: () => Promise<void>;
}

/**
 * Listens on the control socket, 0600. To be called by the holder of the service's lock only: a socket that still
 * stands there is then one that a killed service left, and is removed.
 * Errors: `state-unusable`, `cannot-listen`.
 */
export async function startSocket(options: SocketOptions): Promise<Result<SocketService, AppError>> {
  const { place } = options;
  if (place.folder !== null) {
    const prepared = await prepare(place.path, place.folder);
    if (!prepared.ok) return prepared;
  }
  const { createServer } = await import('node:net');
  const sockets = new Set<Socket>();
  const stateText = createStateText();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serveSocket(socket, { ...options, stateText });
  });
  server.maxConnections = MOST_CONNECTIONS;
  const listening = await listen(server, place);
  if (!listening.ok) return listening;
  return ok({
    close: () =>
      new Promise((resolve) => {
        // Node removes the socket with it.
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  });
}

async function prepare(path: string, folder: string): Promise<Result<void, AppError>> {
  const made = await ensureFolder(folder);
  if (!made.ok) return made;
  try {
    const { uid } = lstatSync(folder);
    // In a shared folder somebody else may have been there first.
    if (uid !== process.getuid?.()) return err({ code: 'state-unusable', path: folder, reason: 'EACCES' });
    await toleratingErrno(() => unlink(path), ['ENOENT'], undefined);
    return ok(undefined);
  } catch (error) {
    return err(stateError({ code: errnoOf(error), path }));
  }
}

function listen(server: Server, { path, folder }: SocketPlace): Promise<Result<void, AppError>> {
  const failed = (error: unknown): Result<void, AppError> =>
    err({ code: 'cannot-listen', address: path, reason: errnoOf(error) });
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(failed(error)));
    server.listen(path, () => {
      // Until here the folder's 0700 has kept others out.
      const restricted = folder === null ? Promise.resolve() : chmod(path, 0o600);
      restricted.then(
        () => resolve(ok(undefined)),
        (error: unknown) => resolve(failed(error)),
      );
    });
  });
}
