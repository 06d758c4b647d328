import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { environmentOf } from './desktop.ts';

/** A packaged program that nothing but its user's ways leads into: tray, files, signals. */
export interface PackagedProgram {
  readonly pid: number;
  readonly ended: Promise<unknown>;
  printed(): string;
  kill(): void;
}

/** Starts it as the leader of a group of its own, by which its processes are known. */
export function startPackaged(
  path: string,
  home: string,
  env: Readonly<Record<string, string>>,
): PackagedProgram {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child: ChildProcess = spawn(path, [...sandbox, '--hidden'], {
    cwd: home,
    env: environmentOf(home, env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const pid = child.pid ?? 0;
  return {
    pid,
    ended,
    printed: () => printed,
    kill: () => {
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
    },
  };
}
