import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronProgram } from '../testing/desktop-requirements.ts';
import { APP, SHIM } from './app-folder.ts';
import { faultsIn } from './faults.ts';
import type { Problems } from './problems.ts';

export interface LaunchOptions {
  /** The user's home; everything that the program remembers lies in it. */
  readonly home: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The desktop program, driven by Playwright. */
export interface Desktop {
  readonly app: ElectronApplication;
  readonly pid: number;
  readonly isAlive: () => boolean;
  /** The window that is open, or the next one that opens. */
  window(): Promise<Page>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  /** What main printed that it should not have. */
  faults(): readonly string[];
}

export interface Surroundings {
  readonly program: ElectronProgram;
  readonly env: Readonly<Record<string, string>>;
  readonly problems: Problems;
}

/** The environment of a program in a home of its own: nothing of ours reaches it. */
export function environmentOf(home: string, more: Readonly<Record<string, string>>): Record<string, string> {
  const temporary = join(home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: temporary, LANG: 'en_US.UTF-8', ...more };
}

/** Starts the program; Electron before 28 gets what it lacks by the shim, which never is part of the product. */
export async function launchDesktop(surroundings: Surroundings, options: LaunchOptions): Promise<Desktop> {
  const { program, problems } = surroundings;
  const shim = program.major < 28 ? ['-r', SHIM] : [];
  const app = await _electron.launch({
    executablePath: program.path,
    args: [...shim, APP, ...(options.args ?? [])],
    cwd: options.home,
    env: environmentOf(options.home, { ...surroundings.env, ...options.env }),
  });
  problems.watch(app.context());
  const child = app.process();
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    app,
    pid: child.pid ?? 0,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    window: async () => app.windows()[0] ?? (await app.waitForEvent('window', { timeout: 20_000 })),
    ended,
    faults: () => faultsIn(printed),
  };
}

/** Ends the program, if it still lives: an uncaught error must not keep a test waiting. */
export async function endDesktop({ app, pid, isAlive, ended }: Desktop): Promise<void> {
  if (!isAlive()) return;
  const patience = setTimeout(() => process.kill(-pid, 'SIGKILL'), 15_000);
  await app.close().catch(() => undefined);
  await ended;
  clearTimeout(patience);
}
