import { err, ok, type Result } from '../../../shared/result.ts';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import type { Clock } from '../support/clock.ts';
import { httpCall, type HttpAnswer } from './http-call.ts';
import { hostOf, openConnection, portOf } from './remote-connection.ts';
import { faultOfAnswer, faultOfExchange, messageOf } from './remote-fault.ts';

/** How to reach a server. `key` is a secret; the others are those of `RemoteTarget`. */
export interface RemoteConnection {
  readonly url: string;
  readonly key: string;
  readonly certificate: string | null;
  readonly plainHttp: boolean;
}

export interface RemoteLimits {
  /** For one request that reads, connecting included, in milliseconds. A list of 3,000 entries is 1 MB. */
  readonly readMs: number;
  /** For one that writes: the server encodes its whole file before it answers. */
  readonly writeMs: number;
  /** Certificates (PEM) that are trusted instead of the system's. */
  readonly authorities: readonly string[];
}

export interface RemoteCall {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/v0/management`. */
  readonly path: string;
  readonly body?: string;
  readonly beforeBody?: () => Promise<boolean>;
  /** Refusals that say that others changed the list meanwhile: their status, and what their message has. */
  readonly changed?: Readonly<Record<number, RegExp>>;
}

/** One request with the key; what comes is an answer with status 200. */
export type Ask = (call: RemoteCall) => Promise<Result<HttpAnswer, RemoteFault>>;

export interface RemoteCalls {
  readonly ask: Ask;
  /** Requests so far that carried the key. */
  asked(): number;
}

const BASE = '/v0/management';
/** A phone's connection may take seconds to wake up; whoever looks at the window does not wait longer for a read. */
const READ_MS = 10_000;
const WRITE_MS = 20_000;

/** `blocked`: the fault that every call ends with, nothing sent; null: calls are made. */
export function remoteCalls(setup: {
  readonly connection: RemoteConnection;
  readonly clock: Clock;
  readonly limits: Partial<RemoteLimits>;
  readonly blocked: RemoteFault | null;
}): RemoteCalls {
  const { connection, clock, limits } = setup;
  const { readMs = READ_MS, writeMs = WRITE_MS, authorities } = limits;
  let blocked = setup.blocked;
  let asked = 0;

  async function ask(call: RemoteCall): Promise<Result<HttpAnswer, RemoteFault>> {
    if (blocked !== null && !isOver(blocked, clock.now())) return err(blocked);
    const url = new URL(connection.url);
    const timeoutMs = call.method === 'GET' ? readMs : writeMs;
    const begunMs = performance.now();
    const { certificate } = connection;
    const trust = authorities === undefined ? {} : { authorities };
    const opened = await openConnection({ url, certificate, timeoutMs, ...trust });
    if (!opened.ok) return opened;
    asked += 1;
    const answer = await httpCall({
      origin: { host: hostOf(url), port: portOf(url), tls: url.protocol === 'https:' ? 'verified' : 'off' },
      connection: opened.value,
      method: call.method,
      path: url.pathname.replace(/\/+$/, '') + BASE + call.path,
      headers: headersOf(call, url.host, connection.key),
      body: call.body ?? null,
      timeoutMs: Math.max(1, timeoutMs - (performance.now() - begunMs)),
      ...(call.beforeBody === undefined ? {} : { beforeBody: call.beforeBody }),
    });
    if (!answer.ok) return err(faultOfExchange(answer.error));
    const fault = faultOfAnswer(answer.value, url, clock.now());
    if (fault === null) return ok(answer.value);
    if (call.changed?.[answer.value.status]?.test(messageOf(answer.value)) === true) {
      return err({ code: 'keeps-changing' });
    }
    if (isFinal(fault)) blocked = fault;
    return err(fault);
  }

  return { ask, asked: () => asked };
}

/** Host is said here: a connection that is given has none, and Node would leave out no port but 80. */
function headersOf(call: RemoteCall, host: string, key: string): Readonly<Record<string, string>> {
  const headers = { host, authorization: `Bearer ${key}` };
  return call.body === undefined ? headers : { ...headers, 'content-type': 'application/json' };
}

/** Each further request would be one of the five that shut this address out. */
function isFinal({ code }: RemoteFault): boolean {
  return code === 'wrong-key' || code === 'forbidden' || code === 'banned';
}

function isOver(fault: RemoteFault, nowMs: number): boolean {
  return fault.code === 'banned' && fault.untilMs !== null && fault.untilMs <= nowMs;
}
