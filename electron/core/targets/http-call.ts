import type { ClientRequest, IncomingHttpHeaders, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { err, ok, type Result } from '../../../shared/result.ts';

/** Where to connect. `unverified` encrypts without checking the certificate: for this machine's own proxy only. */
export interface HttpOrigin {
  readonly host: string;
  readonly port: number;
  readonly tls: 'off' | 'verified' | 'unverified';
}

export interface HttpCall {
  readonly origin: HttpOrigin;
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Values must be printable ASCII (`isHeaderValue`). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** For the whole exchange: connecting, sending, and the last byte of the answer. */
  readonly timeoutMs: number;
  /** A connection that stands already and is taken instead of one to `origin`; it is closed afterwards. */
  readonly connection?: Socket;
  /**
   * Called when the server has taken the headers and waits for the body (100-continue). Where it tells `false`, the body
   * is not sent, and the call ends with `bad-answer` `withheld`.
   */
  readonly beforeBody?: () => Promise<boolean>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** `reason` is a code of Node or OpenSSL, never a message: messages may quote what was sent. */
export type HttpFault =
  | { readonly code: 'refused-connection' }
  | { readonly code: 'unreachable'; readonly reason: string }
  | { readonly code: 'timeout' }
  | { readonly code: 'tls-failed'; readonly reason: string }
  | { readonly code: 'bad-answer'; readonly reason: string };

const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Some servers never say that they wait for the body; curl waits as long. */
const CONTINUE_WITHIN_MS = 1000;
const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);

/** Whether a secret can stand in a header: printable ASCII, no space at its ends. Node would throw at others. */
export function isHeaderValue(value: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);
}

/**
 * One exchange on a connection of its own. Redirects are answers like any other and never followed, so what the
 * headers carry goes to this origin only. An answer above 16 MiB is a `bad-answer`.
 */
export async function httpCall(call: HttpCall): Promise<Result<HttpAnswer, HttpFault>> {
  const { host, port, tls } = call.origin;
  const { connection } = call;
  const options: RequestOptions & { rejectUnauthorized?: boolean } = {
    host,
    port,
    method: call.method,
    path: call.path,
    // With an agent, even `false`, Node would not ask `createConnection`.
    ...(connection === undefined ? { agent: false } : { createConnection: () => connection }),
    headers: { 'user-agent': 'cliproxy-sync', accept: '*/*', ...call.headers, ...bodyHeaders(call) },
  };
  if (connection !== undefined) return exchange((await import('node:http')).request(options), call);
  if (tls === 'off') return exchange((await import('node:http')).request(options), call);
  options.rejectUnauthorized = tls === 'verified';
  return exchange((await import('node:https')).request(options), call);
}

function bodyHeaders({ body, beforeBody }: HttpCall): Readonly<Record<string, string>> {
  if (body === null || beforeBody === undefined) return {};
  return { expect: '100-continue', 'content-length': String(Buffer.byteLength(body)) };
}

function exchange(request: ClientRequest, call: HttpCall): Promise<Result<HttpAnswer, HttpFault>> {
  return new Promise((resolve, reject) => {
    let secured = call.origin.tls === 'off' || call.connection !== undefined;
    let settled = false;
    const settle = (result: Result<HttpAnswer, HttpFault>): void => {
      settled = true;
      clearTimeout(timer);
      resolve(result);
      request.destroy();
    };
    const timer = setTimeout(() => settle(err({ code: 'timeout' })), call.timeoutMs);
    request.on('socket', (socket) => socket.once('secureConnect', () => (secured = true)));
    request.on('error', (error: NodeJS.ErrnoException) =>
      settle(err(faultOf(error.code ?? 'unknown', secured))),
    );
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > MAX_BODY_BYTES) settle(err({ code: 'bad-answer', reason: 'too-large' }));
      });
      response.on('error', (error: NodeJS.ErrnoException) => {
        settle(err({ code: 'bad-answer', reason: error.code ?? 'unknown' }));
      });
      response.on('end', () => {
        settle(
          ok({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
    });
    const { body, beforeBody } = call;
    if (body === null) request.end();
    else if (beforeBody === undefined) request.end(body);
    else {
      whenAwaited(request, () => {
        if (settled) return;
        beforeBody().then((wanted) => {
          if (settled) return;
          if (wanted) request.end(body);
          else settle(err({ code: 'bad-answer', reason: 'withheld' }));
        }, reject);
      });
    }
  });
}

/** Sends the headers, and calls once when the server waits for the body, or seems to. */
function whenAwaited(request: ClientRequest, callback: () => void): void {
  const timer = setTimeout(proceed, CONTINUE_WITHIN_MS);
  let called = false;
  function proceed(): void {
    clearTimeout(timer);
    if (!called) callback();
    called = true;
  }
  request.once('continue', proceed);
  request.once('close', () => clearTimeout(timer));
  request.flushHeaders();
}

function faultOf(reason: string, secured: boolean): HttpFault {
  if (reason === 'ECONNREFUSED') return { code: 'refused-connection' };
  if (UNREACHABLE.has(reason)) return { code: 'unreachable', reason };
  if (!secured) return { code: 'tls-failed', reason };
  return { code: 'bad-answer', reason };
}
