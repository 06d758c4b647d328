import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { hasDisplay } from '../testing/desktop-requirements.ts';

/** Where windows are drawn. */
export interface Display {
  /** For the environment of programs; empty where the system has no such thing. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The display of the session that the tests run in, else an Xvfb of their own. */
export async function openDisplay(): Promise<Display> {
  if (process.platform !== 'linux') return { env: {}, close: () => Promise.resolve() };
  if (hasDisplay()) return { env: sessionEnv(), close: () => Promise.resolve() };
  const words = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  const lines = createInterface({ input: server.stdio[3] as Readable });
  const [number] = (await Promise.race([once(lines, 'line'), ended])) as [unknown];
  if (typeof number !== 'string') throw new Error('Xvfb did not start');
  return {
    env: { DISPLAY: `:${number}` },
    close: async () => {
      server.kill();
      await ended;
    },
  };
}

function sessionEnv(): Record<string, string> {
  const { DISPLAY = '', XAUTHORITY } = process.env;
  return XAUTHORITY === undefined ? { DISPLAY } : { DISPLAY, XAUTHORITY };
}
