import type { Socket } from 'node:net';
import type { Transport } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Disposable } from '../core/support/disposable.ts';
import { isOurSocket, type SocketPlace } from './socket-path.ts';
import { createLineReader, type Hello, type Reply, type Request } from './socket-protocol.ts';

/** A connection to a running service. */
export interface Connection extends Transport, Disposable {
  readonly hello: Hello;
  /** Resolves when the service is gone, or this end let go. */
  readonly lost: Promise<void>;
}

/** How long a service may take to say who it is, in milliseconds; one that is stopped (SIGSTOP) never does. */
const HELLO_MS = 2000;
/** States of ten thousand profiles are some megabytes. */
const MOST_REPLY_BYTES = 64 * 1024 * 1024;

/** Connects to the service of a CCS directory; null where none runs, or none that answers. */
export async function connectToService(place: SocketPlace): Promise<Connection | null> {
  // Without loading `net`: most often no service runs.
  if (!isOurSocket(place)) return null;
  const { createConnection } = await import('node:net');
  const socket = createConnection(place.path);
  return new Promise((resolve) => {
    let connection: OpenConnection | null = null;
    const giveUp = setTimeout(() => socket.destroy(), HELLO_MS);
    const read = createLineReader((line) => {
      const value: unknown = JSON.parse(line);
      if (connection !== null) {
        connection.receive(value as Reply);
      } else {
        clearTimeout(giveUp);
        connection = openConnection(socket, value as Hello);
        resolve(connection);
      }
    }, MOST_REPLY_BYTES);
    socket.on('data', (chunk: Buffer) => {
      if (!read(chunk)) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(giveUp);
      connection?.lose();
      resolve(null);
    });
  });
}

interface OpenConnection extends Connection {
  receive(reply: Reply): void;
  lose(): void;
}

function openConnection(socket: Socket, hello: Hello): OpenConnection {
  const waiting = new Map<number, (answer: Result<unknown, AppError>) => void>();
  const listeners = new Set<(payload: unknown) => void>();
  let latest: { readonly payload: unknown } | null = null;
  let nextId = 1;
  const send = (request: Request): void => void socket.write(`${JSON.stringify(request)}\n`);
  return {
    hello,
    call: (method, input) =>
      new Promise((resolve) => {
        if (socket.destroyed) {
          resolve(err({ code: 'service-gone' }));
          return;
        }
        const id = nextId++;
        waiting.set(id, resolve);
        send({ id, method, input });
      }),
    subscribe: (_event, listener) => {
      if (listeners.size === 0 && latest === null) send({ subscribe: 'state' });
      listeners.add(listener);
      if (latest !== null) listener(latest.payload);
      return () => void listeners.delete(listener);
    },
    receive: (reply) => {
      if ('event' in reply) {
        latest = reply;
        for (const listener of listeners) listener(reply.payload);
        return;
      }
      waiting.get(reply.id)?.(reply.answer);
      waiting.delete(reply.id);
    },
    lost: new Promise((resolve) => socket.once('close', () => resolve())),
    lose: () => {
      for (const resolve of waiting.values()) resolve(err({ code: 'service-gone' }));
      waiting.clear();
    },
    dispose: () => void socket.destroy(),
  };
}
