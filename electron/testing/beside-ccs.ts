import { execFile, spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { readTargetText } from '../core/targets/target-text.ts';
import { freePort } from './free-port.ts';
import type { ProxyHome } from './lay-proxy-home.ts';
import { proxyHome } from './proxy-home.ts';

/** The prefixes that the fixture's profiles get from us; CCS writes none. */
export const OURS = ['albb-', 'glm-', 'km-', 'my-custom-1-', 'openrouter-'];

/** An entry of the user, with prefix `own`, that CCS drops. */
export const HAND_WRITTEN = [
  '  # mine, do not touch',
  '  - api-key: "sk-test-hand-written-0123456789"   # a comment at the end',
  "    prefix: 'own'",
  '    base-url: https://own.test',
  '    priority: 7',
  '    headers: { X-Team: blue }',
  '',
].join('\n');

/**
 * A home on CCS's own port, whatever port the proxy itself listens on: CCS's sync knows no file but `config.yaml`,
 * whatever port its settings name (7.79.1).
 */
export async function sharedHome(): Promise<ProxyHome> {
  const home = await proxyHome();
  const configPath = join(home.ccsDirectory, 'cliproxy', 'config.yaml');
  renameSync(home.configPath, configPath);
  const settings = join(home.ccsDirectory, 'config.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(`port: ${home.port}`, 'port: 8317'));
  return { ...home, configPath };
}

export function addHandWritten({ configPath }: ProxyHome): void {
  const text = readFileSync(configPath, 'utf8');
  writeFileSync(configPath, text.replace('claude-api-key:\n', `claude-api-key:\n${HAND_WRITTEN}`));
}

/** The prefixes of the entries, sorted. */
export function prefixesOf({ configPath }: ProxyHome): string[] {
  const content = readTargetText(configPath, readFileSync(configPath), 'by-others');
  if (!content.ok) throw new Error(content.error.code);
  return content.value.entries.map(({ prefix }) => prefix).sort();
}

/** Syncs with the real CCS (`needsCcs()`), as its own command line does. */
export async function syncWithCcs(program: string, { home }: ProxyHome): Promise<void> {
  const options = { env: environmentOf(home), cwd: home };
  await promisify(execFile)(process.execPath, [program, 'cliproxy', 'sync'], options);
}

/** Starts CCS's dashboard, with its auto-sync, until the test ends; gives what it has printed. */
export async function startDashboard(program: string, { home }: ProxyHome): Promise<() => string> {
  const port = await freePort();
  const child = spawn(process.execPath, [program, 'config', '--port', String(port)], {
    env: environmentOf(home),
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  onTestFinished(() => {
    child.kill('SIGKILL');
    return ended;
  });
  await expect.poll(() => output).toContain('Watcher started');
  return () => output;
}

function environmentOf(home: string): Record<string, string> {
  // It opens a browser unless that is a program that does nothing.
  return { PATH: process.env['PATH'] ?? '', HOME: home, BROWSER: 'true' };
}
