import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, type Client } from '../../shared/client.ts';
import { createContext } from '../core/core.ts';
import { systemClock } from '../core/support/clock.ts';
import { connectToService } from '../service/socket-client.ts';
import { socketPlace } from '../service/socket-path.ts';
import { layFixtureHome } from '../testing/lay-ccs-home.ts';
import { endDesktop } from './desktop.ts';
import { expect, test } from './desktop-test.ts';
import { needsSecretService, openSecretService } from './secret-service.ts';

const KEY = 'sk-test-canary-management-0123';

const office = {
  name: 'Office',
  url: 'http://127.0.0.1:9',
  key: { kind: 'typed', key: KEY },
  keySource: 'keyring',
  profiles: null,
  mode: 'manual',
  certificate: null,
  plainHttp: false,
} as const;

/** The desktop's own service, as the command line reaches it; the icon is there before it. */
async function clientOf(home: string): Promise<{ readonly client: Client; readonly end: () => void }> {
  const context = createContext({ env: {}, homedir: home, platform: process.platform, clock: systemClock() });
  if (!context.ok) throw new Error(context.error.code);
  let connection = await connectToService(socketPlace(context.value));
  await expect
    .poll(async () => (connection ??= await connectToService(socketPlace(context.value))) !== null)
    .toBe(true);
  if (connection === null) throw new Error('the desktop serves nobody');
  const found = connection;
  return { client: createClient(found), end: () => found.dispose() };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('keeps a management key in the system’s keyring, over a restart, and nowhere else', async ({
  folder,
  bus,
  panel,
  launch,
}) => {
  test.skip(!needsSecretService());
  const { home } = layFixtureHome(folder);
  const endService = await openSecretService(home, bus.address);
  const options = { home, args: ['--hidden'], env: { XDG_CURRENT_DESKTOP: 'GNOME' } };
  const first = await launch(options);
  await panel.item();
  const before = await clientOf(home);
  expect(await before.client.call('targets.add', office)).toMatchObject({ ok: true });
  before.end();
  await endDesktop(first);
  await panel.gone();

  const second = await launch(options);
  await panel.item();
  const after = await clientOf(home);
  expect(await after.client.call('targets.configured', {})).toMatchObject({
    value: { keyring: true, remotes: [{ id: 'office', keySource: 'keyring', hasKey: true }] },
  });
  after.end();
  await endDesktop(second);
  await endService();
  const state = join(home, '.local', 'state', 'cliproxy-sync');
  expect(filesBelow(state).filter((path) => readFileSync(path, 'utf8').includes(KEY))).toEqual([]);
});

test('offers no keyring where there is none, and keeps no key in it', async ({ folder, panel, launch }) => {
  const { home } = layFixtureHome(folder);
  await launch({ home, args: ['--hidden'] });
  await panel.item();
  const { client, end } = await clientOf(home);
  expect(await client.call('targets.configured', {})).toMatchObject({
    value: { keyring: false, remotes: [] },
  });
  expect(await client.call('targets.add', office)).toMatchObject({
    error: { code: 'target-value-invalid', field: 'key-source' },
  });
  end();
});
