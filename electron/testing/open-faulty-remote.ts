import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { stringify } from 'yaml';
import { openScriptedServer, type SeenRequest } from './open-scripted-server.ts';
import { type Call, change, type Entry, kept, served } from './remote-list-script.ts';
import { answerTrouble, bannedMessage, refuse, type RemoteTrouble } from './remote-fault-script.ts';
import { tlsFixture, type TlsFixtureName } from './tls-fixture.ts';

export interface FaultyRemoteOptions {
  /** The management key that it takes. */
  readonly key: string;
  readonly entries?: readonly Entry[];
  /** The certificate that it shows; plain HTTP where absent. */
  readonly tls?: TlsFixtureName;
  /** What its `config.yaml` says beside the list. */
  readonly config?: Entry;
  readonly version?: string;
  /** The definitions of each channel. */
  readonly definitions?: Readonly<Record<string, readonly unknown[]>>;
}

export interface RemoteRequest {
  readonly method: string;
  readonly path: string;
  /** Whether it carried any management key. */
  readonly withKey: boolean;
  /** `''` until it has come: a request without its body was withdrawn. */
  readonly body: string;
}

/** A server in the shape of CLIProxyAPI's management API that can be made to misbehave. */
export interface FaultyRemote {
  readonly url: string;
  /** SHA-256 of the certificate that it shows now; null on plain HTTP. */
  readonly fingerprint: string | null;
  /** All requests so far, also those that were refused. */
  readonly requests: readonly RemoteRequest[];
  /** How many of them carried a key. */
  withKey(): number;
  /** Changes what it does from now on, to requests of `methods` only where they are named. Null: it behaves. */
  setFault(trouble: RemoteTrouble | null, methods?: readonly string[]): Promise<void>;
  entries(): readonly Entry[];
  /** As another client would: in the memory and the file. */
  setEntries(entries: readonly Entry[]): void;
  /** What the file says instead of what is served, as on a server that is deaf to it; null: the same. */
  setFileEntries(entries: readonly Entry[] | null): void;
  /** Called when a write has come whole, before it is carried out: the moment at which another client's write is lost. */
  beforeWrite(hook: (() => void) | null): void;
  /** Called when a write's headers have come, before its body is asked for. */
  beforeBody(hook: (() => void) | null): void;
  /** Shows another certificate from now on. */
  setCertificate(name: TlsFixtureName): void;
  /** What arrived at the server to which `redirect` leads. */
  readonly elsewhere: readonly SeenRequest[];
  close(): void;
}

const BASE = '/v0/management';
const LIST = `${BASE}/claude-api-key`;
const WRONG_KEYS_UNTIL_BAN = 5;

/** Listens on loopback, on a port that is free, with the certificate's fixture where TLS is wanted. */
export async function openFaultyRemote(options: FaultyRemoteOptions): Promise<FaultyRemote> {
  const requests: RemoteRequest[] = [];
  const other = await openScriptedServer({
    '*': (_request, response) => response.end('{"claude-api-key":[]}'),
  });
  let entries = options.entries ?? [];
  let fileEntries: readonly Entry[] | null = null;
  let trouble: RemoteTrouble | null = null;
  let troubled: readonly string[] | null = null;
  let writeHook: (() => void) | null = null;
  let bodyHook: (() => void) | null = null;
  let certificate = options.tls ?? 'first';
  let wrongKeys = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = request;
    const carried = keyOf(request);
    const seen = { method, path, withKey: carried !== null, body: '' };
    requests.push(seen);
    const fault = trouble !== null && (troubled?.includes(method) ?? true) ? trouble : null;
    response.setHeader('X-CPA-VERSION', options.version ?? '7.2.99');
    if (fault !== null && answerTrouble(fault, response, `http://127.0.0.1:${other.port}${path}`)) return;
    if (wrongKeys >= WRONG_KEYS_UNTIL_BAN) return void refuse(response, 403, bannedMessage('30m0s'));
    if (carried !== options.key) {
      wrongKeys += 1;
      return void refuse(response, 401, 'invalid management key');
    }
    wrongKeys = 0;
    if (request.headers.expect !== undefined) {
      bodyHook?.();
      response.writeContinue();
    }
    const body = await readAll(request);
    if (body === null) return;
    seen.body = body;
    if (method !== 'GET') writeHook?.();
    const dropped = fault?.kind === 'drops' ? fault.field : null;
    if (fault?.kind === 'done-unsaid') response.end = () => response.destroy();
    answer(response, { method, url: new URL(path, 'http://remote.invalid'), body, dropped });
  }

  function answer(response: ServerResponse, call: Call): void {
    const { method, url } = call;
    const channel = new RegExp(`^${BASE}/model-definitions/(.+)$`).exec(url.pathname)?.[1];
    if (method === 'GET' && url.pathname === LIST) {
      json(response, { 'claude-api-key': served(entries) });
      return;
    }
    if (method === 'GET' && url.pathname === `${BASE}/config.yaml`) {
      response.end(stringify({ ...options.config, 'claude-api-key': fileEntries ?? entries }));
      return;
    }
    if (channel !== undefined) {
      const models = options.definitions?.[channel];
      if (models === undefined) return void refuse(response, 400, 'unknown channel');
      json(response, { channel, models });
      return;
    }
    if (url.pathname !== LIST) {
      response.writeHead(404).end();
      return;
    }
    const changed = change(entries, call);
    if ('error' in changed) return void refuse(response, changed.status, changed.error);
    entries = changed.entries.map((entry) => kept(entry, call.dropped));
    json(response, { status: 'ok' });
  }

  const listener: RequestListener = (request, response) => void handle(request, response);
  const server = options.tls === undefined ? createServer() : createTlsServer(tlsOf(certificate));
  server.on('request', listener);
  // Else Node would ask for the body by itself, before the key was judged.
  server.on('checkContinue', listener);
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    get fingerprint() {
      return options.tls === undefined ? null : tlsFixture(certificate).fingerprint;
    },
    requests,
    withKey: () => requests.filter((request) => request.withKey).length,
    setFault: async (next, methods) => {
      trouble = next;
      troubled = methods ?? null;
      if (next?.kind === 'refuse') await stop();
      else if (!server.listening) await listen(port);
    },
    entries: () => entries,
    setEntries: (next) => (entries = next),
    setFileEntries: (next) => (fileEntries = next),
    beforeWrite: (hook) => (writeHook = hook),
    beforeBody: (hook) => (bodyHook = hook),
    setCertificate: (name) => {
      certificate = name;
      (server as TlsServer).setSecureContext(tlsOf(name));
    },
    elsewhere: other.requests,
    close: () => {
      other.close();
      void stop();
    },
  };
}

function keyOf({ headers }: IncomingMessage): string | null {
  const given = headers['x-management-key'] ?? headers.authorization;
  return typeof given === 'string' ? given.replace(/^Bearer /i, '') : null;
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}

function tlsOf(name: TlsFixtureName): { readonly cert: string; readonly key: string } {
  const { cert, key } = tlsFixture(name);
  return { cert, key };
}

/** Null where the connection was cut before all had come. */
async function readAll(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}
