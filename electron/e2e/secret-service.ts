import { Message, sessionBus } from '@jellybrick/dbus-next';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { inPath } from '../testing/desktop-requirements.ts';
import { requires } from '../testing/requirements.ts';
import { environmentOf } from './desktop.ts';

const NAME = 'org.freedesktop.secrets';

/** For tests with a keyring of the system's. */
export function needsSecretService(): boolean {
  return requires({
    name: 'a keyring on a session bus',
    met: process.platform === 'linux' && inPath('gnome-keyring-daemon') !== undefined,
    how: 'Install gnome-keyring and libsecret-1-0 (on Linux).',
  });
}

/** A keyring on that bus, unlocked; its file lies in the home. The returned function ends it. */
export async function openSecretService(home: string, busAddress: string): Promise<() => Promise<void>> {
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: environmentOf(home, { DBUS_SESSION_BUS_ADDRESS: busAddress, XDG_RUNTIME_DIR: home }),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(daemon, 'exit');
  daemon.stdin.end('test');
  while (!(await isOwned(busAddress))) {
    if (daemon.exitCode !== null) throw new Error('gnome-keyring-daemon did not start');
    await sleep(50);
  }
  return async () => {
    daemon.kill();
    await ended;
  };
}

async function isOwned(busAddress: string): Promise<boolean> {
  const bus = sessionBus({ busAddress });
  const question = { path: '/', interface: 'org.freedesktop.DBus', member: 'NameHasOwner', signature: 's' };
  const answer = await bus.call(
    new Message({ destination: 'org.freedesktop.DBus', ...question, body: [NAME] }),
  );
  bus.disconnect();
  return answer?.body[0] === true;
}
