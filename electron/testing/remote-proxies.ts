import { mkdirSync, writeFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { requires } from './requirements.ts';
import { type RealProxy, runProxy } from './run-proxy.ts';
import { tlsFixture } from './tls-fixture.ts';

/** How a real server is reached: over loopback, by TLS with a self-signed certificate, or as from another machine. */
export type Reach = 'loopback' | 'tls' | 'network';

export interface RemoteProxyOptions {
  readonly program: string;
  readonly folder: string;
  readonly reach: Reach;
  readonly key: string;
  readonly clientKey: string;
  /** The text of the `claude-api-key` section, or `''`. */
  readonly section?: string;
}

type Entry = Readonly<Record<string, unknown>>;

/** A real CLIProxyAPI that other machines may manage; it can be stopped and started again. */
export interface RemoteProxy {
  readonly url: string;
  readonly fingerprint: string | null;
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly isRunning: boolean;
  /** The list of its management API, without `auth-index`. */
  entries(): Promise<readonly Entry[]>;
  /** Changes one entry, as another client does. */
  patch(match: string, value: Entry): Promise<void>;
  /** `POST /v1/messages` as a client of it. */
  ask(model: string): Promise<number>;
}

/** Writes its configuration and starts it; it is stopped when the test ends. */
export async function startRemoteProxy(options: RemoteProxyOptions): Promise<RemoteProxy> {
  const { program, folder, reach, key, clientKey } = options;
  const port = await freePort();
  const configPath = writeConfig(folder, port, options);
  const url = urlOf(reach, port);
  let running: RealProxy | null = null;
  const start = async (): Promise<void> => {
    running ??= await runProxy(program, configPath);
  };
  const stop = async (): Promise<void> => {
    await running?.stop();
    running = null;
  };
  onTestFinished(stop);
  await start();
  const manage = async (method: string, body: unknown): Promise<string> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await exchange(`${url}/v0/management/claude-api-key`, { method, headers, body });
    if (answer.status !== 200) throw new Error(`${method} was answered with ${answer.status}`);
    return answer.text;
  };
  return {
    url,
    fingerprint: reach === 'tls' ? tlsFixture('first').fingerprint : null,
    start,
    stop,
    get isRunning() {
      return running !== null;
    },
    entries: async () => {
      const list = JSON.parse(await manage('GET', null)) as { 'claude-api-key': Entry[] | null };
      return (list['claude-api-key'] ?? []).map(({ 'auth-index': _index, ...entry }) => entry);
    },
    patch: async (match, value) => {
      await manage('PATCH', { match, value });
    },
    ask: async (model) => {
      const headers = { 'x-api-key': clientKey, 'content-type': 'application/json' };
      const body = { model, max_tokens: 16, messages: [{ role: 'user', content: 'hello' }] };
      return (await exchange(`${url}/v1/messages`, { method: 'POST', headers, body })).status;
    },
  };
}

/** The first address of this machine that is not loopback; null where there is none. */
export function networkAddress(): string | null {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  return found?.address ?? null;
}

/** For tests that reach a server as another machine would. */
export function needsNetwork(): boolean {
  return requires({
    name: 'a network address other than loopback',
    met: networkAddress() !== null,
    how: 'Connect the machine to any network.',
  });
}

function urlOf(reach: Reach, port: number): string {
  const host = reach === 'network' ? (networkAddress() ?? '127.0.0.1') : '127.0.0.1';
  return `${reach === 'tls' ? 'https' : 'http'}://${host}:${port}`;
}

function writeConfig(folder: string, port: number, options: RemoteProxyOptions): string {
  const { reach, key, clientKey, section = '' } = options;
  mkdirSync(join(folder, 'auth'), { recursive: true });
  const { certPath, keyPath } = tlsFixture('first');
  const path = join(folder, 'config.yaml');
  const text = [
    `host: ${JSON.stringify(reach === 'network' ? '' : '127.0.0.1')}\n`,
    `port: ${port}\n`,
    `auth-dir: ${JSON.stringify(join(folder, 'auth'))}\n`,
    `api-keys: [${JSON.stringify(clientKey)}]\n`,
    'remote-management:\n',
    `  allow-remote: ${reach === 'network'}\n`,
    `  secret-key: ${JSON.stringify(key)}\n`,
    '  disable-control-panel: true\n',
    reach === 'tls'
      ? `tls: {enable: true, cert: ${JSON.stringify(certPath)}, key: ${JSON.stringify(keyPath)}}\n`
      : '',
    section,
  ].join('');
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

interface Exchange {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function exchange(
  url: string,
  { method, headers, body }: Exchange,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const open = url.startsWith('https:') ? requestHttps : requestHttp;
    const { cert: ca } = tlsFixture('first');
    const request = open(url, { method, headers, agent: false, ca }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body === null ? undefined : JSON.stringify(body));
  });
}
