import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A session bus of one test's own, so that its tray meets no other host. */
export interface SessionBus {
  readonly address: string;
  close(): Promise<void>;
}

export async function openSessionBus(): Promise<SessionBus> {
  const words = ['--session', '--print-address', '--nofork', '--nopidfile'];
  const daemon = spawn('dbus-daemon', words, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(daemon, 'exit');
  const lines = createInterface({ input: daemon.stdout });
  const [address] = (await Promise.race([once(lines, 'line'), ended])) as [unknown];
  if (typeof address !== 'string') throw new Error('dbus-daemon did not start');
  return {
    address,
    close: async () => {
      daemon.kill();
      await ended;
    },
  };
}
