import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inPath } from '../testing/desktop-requirements.ts';
import { requires } from '../testing/requirements.ts';
import { environmentOf } from './desktop.ts';

/** For tests with a keyring of the system's. */
export function needsSecretService(): boolean {
  return requires({
    name: 'a keyring on a session bus',
    met: process.platform === 'linux' && inPath('gnome-keyring-daemon') !== undefined,
    how: 'Install gnome-keyring and libsecret-1-0 (on Linux).',
  });
}

/** A keyring on that bus, unlocked; its file lies in the home. Ends what was started. */
export async function openSecretService(home: string, bus: string): Promise<() => Promise<void>> {
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: environmentOf(home, { DBUS_SESSION_BUS_ADDRESS: bus, XDG_RUNTIME_DIR: home }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(daemon, 'exit');
  const isReady = once(daemon.stdout, 'data');
  daemon.stdin.end('test');
  await Promise.race([isReady, ended]);
  if (daemon.exitCode !== null) throw new Error('gnome-keyring-daemon did not start');
  return async () => {
    daemon.kill();
    await ended;
  };
}
