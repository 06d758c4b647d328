import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** A real CLIProxyAPI that runs on a config file of the test's own. */
export interface RealProxy {
  readonly port: number;
  readonly pid: number;
  readonly configPath: string;
  /** All that it has printed. */
  log(): string;
  /** `POST /v1/messages` as a client with this api-key would send it. */
  request(model: string, key: string): Promise<{ readonly status: number; readonly text: string }>;
  /** The ids of `GET /v1/models`; throws where it is not answered with 200. */
  models(key: string): Promise<readonly string[]>;
  /** Resolves when the process is gone. */
  readonly stop: () => Promise<void>;
}

/** What a minimal config says; see `writeProxyConfig`. */
export interface ProxyConfigOptions {
  /** The text of the `claude-api-key` section, ending in a line break, or `''`. */
  readonly section?: string;
  readonly apiKeys?: readonly string[];
  /** Plain: the server replaces it by its hash at the start. `''` turns the management API off. */
  readonly secretKey?: string;
  /** Further top-level lines, ending in a line break. */
  readonly extra?: string;
  readonly port?: number;
  readonly authDir?: string;
}

const READY_WITHIN_MS = 30_000;

/** Writes a config that listens on a free loopback port and keeps to the folder; the section stands last. */
export async function writeProxyConfig(
  folder: string,
  options: ProxyConfigOptions = {},
): Promise<{ readonly path: string; readonly port: number }> {
  const port = options.port ?? (await freePort());
  const authDir = options.authDir ?? join(folder, 'auth');
  mkdirSync(authDir, { recursive: true });
  const apiKeys = options.apiKeys ?? ['test-client-key'];
  const text = [
    'host: "127.0.0.1"\n',
    `port: ${port}\n`,
    `auth-dir: ${JSON.stringify(authDir)}\n`,
    `api-keys: ${JSON.stringify(apiKeys)}\n`,
    'remote-management:\n',
    '  allow-remote: false\n',
    `  secret-key: ${JSON.stringify(options.secretKey ?? '')}\n`,
    '  disable-control-panel: true\n',
    options.extra ?? '',
    options.section ?? '',
  ].join('');
  const path = join(folder, 'config.yaml');
  writeFileSync(path, text, { mode: 0o600 });
  return { path, port };
}

/**
 * Starts the program (`needsProxy()`) so that it never looks outside, and waits until it answers and watches. The config
 * must name its port on a line `port: N`, and have no `tls` where `request` and `models` are used.
 */
export async function runProxy(program: string, configPath: string): Promise<RealProxy> {
  const port = Number(/^port: (\d+)$/m.exec(readFileSync(configPath, 'utf8'))?.[1]);
  const home = join(dirname(configPath), 'proxy-home');
  mkdirSync(home, { recursive: true });
  const child = spawn(program, ['-local-model', '-config', configPath], {
    cwd: home,
    env: { HOME: home, PATH: process.env['PATH'] ?? '', HTTPS_PROXY: 'http://127.0.0.1:9' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  // Its watcher starts after its port: a file written before this line could go unnoticed.
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!printed.includes('file watcher started')) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`CLIProxyAPI did not start:\n${printed}`);
    }
    await sleep(20);
  }
  const base = `http://127.0.0.1:${port}`;
  return {
    port,
    pid: child.pid ?? 0,
    configPath,
    log: () => printed,
    request: async (model, key) => {
      const response = await fetch(`${base}/v1/messages`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify({ model, max_tokens: 16, messages: [{ role: 'user', content: 'hello' }] }),
      });
      return { status: response.status, text: await response.text() };
    },
    models: async (key) => {
      const headers = { authorization: `Bearer ${key}`, connection: 'close' };
      const response = await fetch(`${base}/v1/models`, { headers });
      if (response.status !== 200) throw new Error(`GET /v1/models answered ${response.status}`);
      const body = (await response.json()) as { data: { id: string }[] };
      return body.data.map((model) => model.id);
    },
    stop,
  };
}
