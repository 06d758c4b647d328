import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SessionBus } from './session-bus.ts';

const PROGRAM = fileURLToPath(new URL('./notification_daemon.py', import.meta.url));

/** A notification as the desktop got it. */
export interface ShownNotification {
  readonly title: string;
  readonly body: string;
}

/** The part of a desktop that shows notifications. */
export interface NotificationDaemon {
  readonly shown: readonly ShownNotification[];
  close(): Promise<void>;
}

/** Starts `notification_daemon.py` on a bus, where there is none otherwise. */
export async function openNotificationDaemon({ address }: SessionBus): Promise<NotificationDaemon> {
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address };
  const daemon = spawn(PROGRAM, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(daemon, 'exit');
  const lines = createInterface({ input: daemon.stdout });
  const ready = await Promise.race([once(lines, 'line'), ended.then(() => null)]);
  if (ready === null) throw new Error('the notification daemon did not start');
  const shown: ShownNotification[] = [];
  lines.on('line', (line) => void shown.push(JSON.parse(line) as ShownNotification));
  return {
    shown,
    close: async () => {
      daemon.stdin.end();
      await ended;
    },
  };
}
