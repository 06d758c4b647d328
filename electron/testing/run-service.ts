import { spawn } from 'node:child_process';
import { expect, onTestFinished } from 'vitest';
import { CLI } from './run-cli.ts';

/** A living `watch` or `serve` of the built command line. */
export interface RunningService {
  readonly pid: number;
  /** All that it has printed. */
  readonly output: () => string;
  /** Resolves to the exit code once it has ended; null where a signal killed it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Starts a service on a home without waiting for anything; it is killed when the test ends. `path`: its PATH. */
export function spawnService(
  home: string,
  words: readonly string[],
  path = process.env['PATH'] ?? '',
): RunningService {
  return spawnAsService([process.execPath, CLI, ...words], { HOME: home, PATH: path });
}

/** The same by a command line of somebody else's, with this environment and nothing else of ours. */
export function spawnAsService(
  [program = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>>,
): RunningService {
  const child = spawn(program, words, { env, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  onTestFinished(() => {
    child.kill('SIGKILL');
    return ended.then(() => undefined);
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Starts a service on a home, and waits until it says that it runs. */
export async function runService(
  home: string,
  words: readonly string[],
  path?: string,
): Promise<RunningService> {
  const service = spawnService(home, words, path);
  await expect.poll(service.output).toContain(`process ${service.pid}`);
  return service;
}
