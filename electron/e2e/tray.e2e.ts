import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_KEY, layProxyHome, type ProxyHome } from '../testing/lay-proxy-home.ts';
import { needsProxy } from '../testing/requirements.ts';
import { type RealProxy, runProxy } from '../testing/run-proxy.ts';
import { expect, test as desktopTest } from './desktop-test.ts';
import type { Panel } from './panel.ts';

const program = needsProxy() ?? '';

/** A home whose proxy runs. */
const test = desktopTest.extend<{ readonly served: ProxyHome & { readonly proxy: RealProxy } }>({
  served: async ({ folder }, use) => {
    const home = await layProxyHome(folder);
    const proxy = await runProxy(program, home.configPath);
    await use({ ...home, proxy });
    await proxy.stop();
  },
});

test.skip(program === '');

const LATE = {
  ANTHROPIC_BASE_URL: 'https://late.test/api',
  ANTHROPIC_AUTH_TOKEN: 'sk-test-late-0123456789',
  ANTHROPIC_MODEL: 'late-1',
};

async function labels(panel: Panel): Promise<readonly string[]> {
  return (await panel.menu()).map(({ label }) => label);
}

/** The latest of the recent changes. */
async function changes(panel: Panel): Promise<string> {
  const rows = (await panel.menu()).find(({ label }) => label === 'Recent changes')?.rows ?? [];
  return rows[0]?.label ?? '';
}

async function icon(panel: Panel): Promise<string> {
  return (await panel.item()).IconPixmap[0]?.sha256 ?? '';
}

test('shows that all is synced, and follows a profile that is saved to what the proxy serves', async ({
  served,
  panel,
  launch,
  icons,
}) => {
  const prints = await icons();
  await launch({ home: served.home, args: ['--hidden'] });
  expect((await panel.item()).Status).toBe('Active');
  await expect.poll(() => panel.tooltip()).toMatch(/^5 profiles (synced|written)/);
  await expect.poll(() => icon(panel)).toBe(prints.plain);
  const [headline, under] = await labels(panel);
  expect((await panel.tooltip()).split('\n')[0]).toBe(headline);
  expect(under).toMatch(/^Last sync \d/);
  expect(await changes(panel)).not.toContain('late');

  served.profile('late', LATE);
  await expect.poll(() => served.proxy.models(CLIENT_KEY)).toContain('late-/late-1');
  await expect.poll(() => labels(panel)).toContain('6 profiles synced');
  // The time of the row above tells minutes only; this tells the sync itself.
  await expect.poll(() => changes(panel)).toContain('late');
  await expect.poll(() => icon(panel)).toBe(prints.plain);
});

test('writes on a click on Sync now, and switches auto-sync in CCS and in the window', async ({
  served,
  panel,
  launch,
  icons,
}) => {
  const prints = await icons();
  const desktop = await launch({ home: served.home });
  await panel.item();
  await expect.poll(() => panel.tooltip()).toMatch(/^5 profiles (synced|written)/);
  const page = await desktop.window();
  const autoSync = page.getByRole('switch', { name: 'Auto-sync' });
  await expect(autoSync).toBeChecked();

  await panel.click('Auto-sync');
  await expect.poll(() => panel.tooltip()).toContain('Auto-sync is off');
  await expect.poll(() => icon(panel)).toBe(prints.paused);
  const ccsConfig = join(served.ccsDirectory, 'config.yaml');
  expect(readFileSync(ccsConfig, 'utf8')).toContain('auto_sync: false');
  await expect(autoSync).not.toBeChecked();

  served.profile('late', LATE);
  await expect(page.getByText('Changes wait')).toBeVisible();
  expect(readFileSync(served.configPath, 'utf8')).not.toContain('late-1');
  await panel.click('Sync now');
  await expect.poll(() => served.proxy.models(CLIENT_KEY)).toContain('late-/late-1');
  await panel.click('Auto-sync');
  await expect(autoSync).toBeChecked();
  expect(readFileSync(ccsConfig, 'utf8')).toContain('auto_sync: true');
});

test('names file and line of a broken configuration, and is well again once it is repaired', async ({
  served,
  panel,
  launch,
  icons,
}) => {
  const prints = await icons();
  await launch({ home: served.home, args: ['--hidden'] });
  await panel.item();
  await expect.poll(() => panel.tooltip()).toMatch(/^5 profiles (synced|written)/);
  const text = readFileSync(served.configPath, 'utf8');
  const line = text.split('\n').length;
  writeFileSync(served.configPath, `${text}port: 1\n`);
  const name = served.configPath.split('/').at(-1) ?? '';
  await expect
    .poll(async () => (await labels(panel))[0])
    .toContain(`Sync failed: ${name} line ${line}: "port" is`);
  expect(await panel.tooltip()).toContain(`${name} line ${line}: "port" is`);
  await expect.poll(() => icon(panel)).toBe(prints.error);
  writeFileSync(served.configPath, text);
  await expect.poll(async () => (await labels(panel))[0]).toMatch(/^5 profiles (synced|written)/);
  await expect.poll(() => icon(panel)).toBe(prints.plain);
});
