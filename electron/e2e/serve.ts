import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CLI } from './app-folder.ts';
import { environmentOf } from './desktop.ts';

/** A living `cliproxy-sync serve` on a home. */
export interface Serving {
  readonly pid: number;
  /** Opens the page once. */
  readonly link: string;
  end(): Promise<void>;
}

/** Starts `serve` on any free port, and waits for its link. */
export async function startServing(home: string): Promise<Serving> {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0'], {
    env: environmentOf(home, {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let printed = '';
  const link = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      printed += chunk.toString();
      const found = /http:\/\/\S+\/open\/[\w-]+/.exec(printed)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${printed}`)));
  });
  return {
    pid: child.pid ?? 0,
    link,
    end: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
