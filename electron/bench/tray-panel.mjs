import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HOST = fileURLToPath(new URL('../e2e/tray_host.py', import.meta.url));

/** A session bus with a tray host on it. `env` is for the programs that are to find it. */
export async function openPanel() {
  const daemon = spawn('dbus-daemon', ['--session', '--print-address', '--nofork', '--nopidfile'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = await once(createInterface({ input: daemon.stdout }), 'line');
  const env = { DBUS_SESSION_BUS_ADDRESS: address };
  const host = spawn(HOST, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: host.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const ask = async (command) => {
    host.stdin.write(`${command}\n`);
    return JSON.parse((await lines.next()).value);
  };
  return {
    env,
    /** Resolves once an item is there. */
    registered: async () => {
      const answer = await ask('wait 30');
      // One that is made anew at once gives no reply, but it was there.
      if (answer.error && !answer.error.includes('NoReply')) throw new Error(answer.error);
    },
    /** Undefined while no item is there. */
    tooltip: async () => {
      const answer = await ask('tooltip');
      return typeof answer === 'string' ? answer : undefined;
    },
    click: (label) => ask(`click ${label}`),
    close: async () => {
      host.stdin.end();
      await once(host, 'exit');
      daemon.kill();
    },
  };
}
