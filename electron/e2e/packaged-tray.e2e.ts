import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layProxyHome } from '../testing/lay-proxy-home.ts';
import { runProxy } from '../testing/run-proxy.ts';
import { needsProxy } from '../testing/requirements.ts';
import { _electron } from '@playwright/test';
import { environmentOf } from './desktop.ts';
import { leftovers } from './leftovers.ts';
import { expect, test } from './package-test.ts';
import { startPackaged } from './packaged-program.ts';
import { livingInGroup } from './process-group.ts';

const proxyProgram = needsProxy() ?? '';

test('as released, it syncs on a click in its tray, and leaves nothing when it quits', async ({
  packaged,
  folder,
  panel,
  bus,
  display,
}) => {
  test.skip(proxyProgram === '');
  test.setTimeout(120_000);
  const { home, configPath, profile } = await layProxyHome(folder);
  const proxy = await runProxy(proxyProgram, configPath);
  const env = { ...display.env, DBUS_SESSION_BUS_ADDRESS: bus.address };
  const program = startPackaged(await packaged('released'), home, env);
  try {
    expect((await panel.item()).Status).toBe('Active');
    await expect.poll(() => panel.tooltip()).toContain('synced');
    await panel.click('Auto-sync');
    profile('late', {
      ANTHROPIC_BASE_URL: 'https://late.test',
      ANTHROPIC_AUTH_TOKEN: 'sk-test-late-0123456789',
      ANTHROPIC_MODEL: 'late-1',
    });
    await expect.poll(() => panel.tooltip()).toContain('Auto-sync is off');
    await panel.click('Sync now');
    await expect.poll(() => readFileSync(configPath, 'utf8')).toContain('sk-test-late-0123456789');
    await expect.poll(() => proxy.models('ccs-internal-managed')).toContain('late-/late-1');
    await panel.click('Quit');
    await program.ended;
    await panel.gone();
    await expect.poll(() => livingInGroup(program.pid)).toEqual([]);
    expect(leftovers(home)).toEqual([]);
  } finally {
    program.kill();
    await proxy.stop();
  }
});

test('as released, it takes no inspector, no NODE_OPTIONS and no script', async ({ packaged, folder }) => {
  const path = await packaged('released');
  const { home } = await layProxyHome(folder);
  const ran = join(folder, 'ran');
  const script = join(folder, 'script.cjs');
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');`);
  const env = environmentOf(home, { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` });
  // Without a display it ends by itself as soon as it starts as what it is.
  spawnSync(path, ['--no-sandbox', '--inspect=0', script], { env, timeout: 10_000 });
  expect(existsSync(ran)).toBe(false);
});

test('a build with the inspector shows its window', async ({
  packaged,
  folder,
  panel,
  bus,
  display,
  problems,
}) => {
  const { home } = await layProxyHome(folder);
  const app = await _electron.launch({
    executablePath: await packaged('inspectable'),
    args: [],
    env: environmentOf(home, { ...display.env, DBUS_SESSION_BUS_ADDRESS: bus.address }),
  });
  problems.watch(app.context());
  await panel.item();
  const page = app.windows()[0] ?? (await app.waitForEvent('window'));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('synced');
  expect(page.url()).toMatch(/^app:\/\/ui\//);
  expect(await app.evaluate(({ app }) => app.isPackaged)).toBe(true);
  await app.close();
});
