import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { layProxyHome, type ProxyHome } from '../testing/lay-proxy-home.ts';
import { type FaultyRemote, openFaultyRemote } from '../testing/open-faulty-remote.ts';
import { expect, test as desktopTest } from './desktop-test.ts';
import type { Panel } from './panel.ts';

const KEY = 'sk-test-canary-management';

/** A home and a server that is not set up in it yet. */
const test = desktopTest.extend<{ readonly home: ProxyHome; readonly remote: FaultyRemote }>({
  home: async ({ folder }, use) => use(await layProxyHome(folder)),
  remote: async ({ folder: _folder }, use) => {
    const remote = await openFaultyRemote({ key: KEY });
    await use(remote);
    remote.close();
  },
});

async function headline(panel: Panel): Promise<string> {
  return (await panel.menu())[0]?.label ?? '';
}

async function icon(panel: Panel): Promise<string> {
  return (await panel.item()).IconPixmap[0]?.sha256 ?? '';
}

/** Sets the server up as `office`, through the window's own way to the service. */
async function setUp(page: Page, { url }: FaultyRemote): Promise<void> {
  const request = {
    name: 'office',
    url,
    key: { kind: 'typed', key: KEY },
    keySource: 'file',
    profiles: null,
    mode: 'auto',
    certificate: null,
    plainHttp: false,
  };
  const answer = await page.evaluate(
    (input) =>
      (
        globalThis as unknown as {
          cliproxySync: { call(method: string, input: unknown): Promise<{ ok: boolean }> };
        }
      ).cliproxySync.call('targets.add', input),
    request,
  );
  expect(answer.ok).toBe(true);
}

/** Each write is looked at once more: resolves when nothing has been asked for 2 s. */
async function untilAsked(remote: FaultyRemote): Promise<void> {
  let seen = -1;
  const isQuiet = (): boolean => {
    const before = seen;
    seen = remote.withKey();
    return seen === before;
  };
  await expect.poll(isQuiet, { intervals: [2000] }).toBe(true);
}

function late(token: string): Readonly<Record<string, string>> {
  return {
    ANTHROPIC_BASE_URL: 'https://late.test/api',
    ANTHROPIC_AUTH_TOKEN: token,
    ANTHROPIC_MODEL: 'late-1',
  };
}

test('shows a server that is away with what waits for it, and that all is well once it is back', async ({
  home,
  remote,
  panel,
  launch,
  icons,
}) => {
  const prints = await icons();
  const desktop = await launch({ home: home.home });
  await panel.item();
  await setUp(await desktop.window(), remote);
  await expect.poll(() => remote.entries().length).toBe(5);
  await expect.poll(() => headline(panel)).toMatch(/^5 profiles (synced|written)/);

  await remote.setFault({ kind: 'refuse' });
  home.profile('late', late('sk-test-canary-late-1'));
  await expect.poll(() => headline(panel)).toBe('office unreachable, 1 change waiting');
  await expect.poll(() => icon(panel)).toBe(prints.offline);
  home.profile('later', late('sk-test-canary-late-2'));
  await expect.poll(() => headline(panel)).toBe('office unreachable, 2 changes waiting');
  expect(await panel.tooltip()).toContain('office unreachable, 2 changes waiting');

  await remote.setFault(null);
  await panel.click('Sync now');
  await expect.poll(() => remote.entries().length).toBe(7);
  await expect.poll(() => headline(panel)).toMatch(/^7 profiles (synced|written)/);
  await expect.poll(() => icon(panel)).toBe(prints.plain);
});

test('shows a server that refuses the key, and asks it once', async ({
  home,
  remote,
  panel,
  launch,
  icons,
}) => {
  const prints = await icons();
  const desktop = await launch({ home: home.home });
  await panel.item();
  await setUp(await desktop.window(), remote);
  await expect.poll(() => headline(panel)).toMatch(/^5 profiles (synced|written)/);
  await expect.poll(() => remote.entries().length).toBe(5);
  await untilAsked(remote);
  await remote.setFault({ kind: 'wrong-key' });
  const before = remote.withKey();
  home.profile('late', late('sk-test-canary-late-1'));
  await expect.poll(() => headline(panel)).toBe('office: management key refused');
  await expect.poll(() => icon(panel)).toBe(prints.error);
  for (const count of [2, 3, 4]) {
    home.profile('late', late(`sk-test-canary-late-${count}`));
    await expect.poll(() => readFileSync(home.configPath, 'utf8')).toContain(`sk-test-canary-late-${count}`);
  }
  expect(remote.withKey()).toBe(before + 1);
});
