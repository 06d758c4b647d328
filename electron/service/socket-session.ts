import type { Socket } from 'node:net';
import * as z from 'zod/mini';
import type { Clock } from '../core/support/clock.ts';
import type { Disposable } from '../core/support/disposable.ts';
import type { Dispatch } from './dispatch.ts';
import { createLatestSender } from './latest-sender.ts';
import { createLineReader, type Hello, type Reply } from './socket-protocol.ts';
import type { StateSource, StateText } from './state-text.ts';

/** More calls at a time from one client are turned away. */
const MOST_CALLS = 64;

interface SessionDeps {
  readonly hello: Hello;
  readonly dispatch: Dispatch;
  readonly states: StateSource;
  readonly stateText: StateText;
  readonly clock: Clock;
}

/** Serves one client until it goes. What is no request of the protocol ends the connection. */
export function serveSocket(
  socket: Socket,
  { hello, dispatch, states, stateText, clock }: SessionDeps,
): void {
  const sender = createLatestSender(socket, { clock });
  let subscription: Disposable | null = null;
  let calls = 0;

  async function call(id: number, method: string, input: unknown): Promise<void> {
    if (calls >= MOST_CALLS) {
      reply({ id, answer: { ok: false, error: { code: 'service-busy' } } });
      return;
    }
    calls += 1;
    try {
      reply({ id, answer: await dispatch(method, input) });
    } finally {
      calls -= 1;
    }
  }

  function reply(line: Reply): void {
    if (!socket.destroyed) socket.write(`${JSON.stringify(line)}\n`);
  }

  function onLine(line: string): void {
    const request = parseRequest(line);
    if (request === null) socket.destroy();
    else if ('method' in request) void call(request.id, request.method, request.input);
    else {
      subscription ??= states.subscribe((state) => {
        sender.send(`{"event":"state","payload":${stateText(state)}}\n`);
      });
    }
  }

  const read = createLineReader(onLine);
  // A client that goes is no fault; `close` follows.
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    if (!read(chunk)) socket.destroy();
  });
  socket.once('close', () => {
    subscription?.dispose();
    sender.dispose();
  });
  socket.write(`${JSON.stringify(hello)}\n`);
}

const RequestLine = z.union([
  z.object({ id: z.int(), method: z.string(), input: z.unknown() }),
  z.object({ subscribe: z.literal('state') }),
]);

function parseRequest(line: string): z.infer<typeof RequestLine> | null {
  try {
    return RequestLine.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
