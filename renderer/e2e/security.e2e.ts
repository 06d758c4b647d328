import type { Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CcsHome, layFixtureHome } from '../../electron/testing/lay-ccs-home.ts';
import { openScriptedServer } from '../../electron/testing/open-scripted-server.ts';
import { METHODS } from '../../shared/contract.ts';
import { expect, test } from './window-test.ts';

interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly part?: string };
}

/** Calls as the page itself could, with whatever it likes. */
function call(page: Page, method: string, input: unknown): Promise<Answer> {
  return page.evaluate(
    async ([name, value]) => {
      const bridge = (
        window as { cliproxySync?: { call(method: unknown, input: unknown): Promise<unknown> } }
      ).cliproxySync;
      if (bridge !== undefined) return (await bridge.call(name, value)) as Answer;
      const body = JSON.stringify(value);
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`/api/call/${encodeURIComponent(name)}`, {
        method: 'POST',
        headers,
        body,
      });
      return (await response.json()) as Answer;
    },
    [method, input] as const,
  );
}

function keysOf({ ccsDirectory }: CcsHome): readonly string[] {
  return readdirSync(ccsDirectory)
    .filter((name) => name.endsWith('.settings.json'))
    .map(
      (name) => /"ANTHROPIC_AUTH_TOKEN": "([^"]+)"/.exec(readFileSync(join(ccsDirectory, name), 'utf8'))?.[1],
    )
    .filter((key) => key !== undefined)
    .filter((key) => key.startsWith('sk-'));
}

/** What leads a page to another one. */
const WAYS_OUT: readonly ((url: string) => void)[] = [
  (url) => void (location.href = url),
  (url) => location.replace(url),
  (url) => {
    const link = document.createElement('a');
    link.href = url;
    document.body.append(link);
    link.click();
  },
];

/**
 * Until a way out would long have led elsewhere: whoever left the page takes this call along, and the loopback server
 * answers in a fraction of the time.
 */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)));
  expect(await call(page, 'state.get', {})).toMatchObject({ ok: true });
}

test.describe('a page that has turned hostile', () => {
  test('runs no script but the page’s own, and reaches no other origin', async ({
    openWindow,
    folder,
    problems,
  }) => {
    problems.allow(/Content Security Policy|ERR_BLOCKED_BY_CSP|trace-warnings/);
    const elsewhere = await openScriptedServer({ '*': (_request, response) => response.end('') });
    const { page } = await openWindow(layFixtureHome(folder).home);
    const before = page.url();
    const seen = await page.evaluate(async (origin) => {
      const global = window as unknown as Record<string, unknown>;
      const inline = document.createElement('script');
      inline.textContent = 'window.ran = true';
      document.head.append(inline);
      const remote = document.createElement('script');
      remote.src = `${origin}/script.js`;
      document.head.append(remote);
      const style = document.createElement('link');
      style.rel = 'stylesheet';
      style.href = `${origin}/style.css`;
      document.head.append(style);
      new Image().src = `${origin}/image.png`;
      const frame = document.createElement('iframe');
      frame.src = `${origin}/frame`;
      document.body.append(frame);
      navigator.sendBeacon(`${origin}/beacon`, 'x');
      const form = document.createElement('form');
      form.action = `${origin}/form`;
      document.body.append(form);
      form.submit();
      const fails = (what: Promise<unknown>): Promise<boolean> =>
        what.then(
          () => false,
          () => true,
        );
      const socket = await new Promise<boolean>((resolve) => {
        try {
          const opened = new WebSocket(origin.replace('http', 'ws'));
          opened.onopen = () => resolve(false);
          opened.onerror = () => resolve(true);
        } catch {
          resolve(true);
        }
      });
      const evaluated = await fails(Promise.resolve().then(() => (0, eval)('1') as unknown));
      const fetched = await fails(fetch(`${origin}/fetch`));
      const imported = await fails(import(/* @vite-ignore */ `${origin}/module.js`));
      return { ran: global['ran'], socket, evaluated, fetched, imported };
    }, `http://127.0.0.1:${elsewhere.port}`);
    expect(seen).toMatchObject({ socket: true, evaluated: true, fetched: true, imported: true });
    expect(seen.ran).toBeUndefined();
    expect(elsewhere.requests).toEqual([]);
    expect(page.url()).toBe(before);
    elsewhere.close();
  });

  test('gets no Node and no file', async ({ openWindow, folder, problems }) => {
    problems.allow(/Failed to load resource|Content Security Policy|Not allowed to load/);
    const { home } = layFixtureHome(folder);
    const { page } = await openWindow(home);
    const seen = await page.evaluate(
      async (path) => {
        const global = window as unknown as Record<string, unknown>;
        const node = [
          'require',
          'process',
          'module',
          'global',
          'Buffer',
          '__dirname',
          'electron',
          'ipcRenderer',
        ];
        const text = (address: string): Promise<string> =>
          fetch(address).then(
            (response) => (response.ok ? response.text() : ''),
            () => '',
          );
        const addresses = [
          `file://${path}`,
          '../../package.json',
          '/../package.json',
          '/..%2f..%2fpackage.json',
          '/%2e%2e/main.cjs',
          '/preload.cjs',
          '/main.cjs',
          path,
        ];
        return {
          node: node.filter((name) => global[name] !== undefined),
          bridge: Object.keys((global['cliproxySync'] as object | undefined) ?? {}).sort(),
          files: (await Promise.all(addresses.map(text))).join(''),
        };
      },
      join(home, '.ccs', 'glm.settings.json'),
    );
    expect(seen.node).toEqual([]);
    expect(['', 'call,subscribe']).toContain(seen.bridge.join());
    expect(seen.files).not.toContain('ANTHROPIC');
    expect(seen.files).not.toContain('"version"');
    expect(seen.files).not.toContain('require(');
  });

  test('gets no unlisted method, no ill-typed and no oversized call through', async ({
    openWindow,
    folder,
    problems,
  }) => {
    problems.allow(/Failed to load resource/);
    const { page } = await openWindow(layFixtureHome(folder).home);
    for (const method of [
      'constructor',
      '__proto__',
      'toString',
      'profiles',
      'state.get.x',
      'fs.readFile',
      '',
    ])
      expect(await call(page, method, {}), method).toMatchObject({ ok: false });
    for (const [method, input] of [
      ['profiles.get', { name: 5 }],
      ['profiles.get', null],
      ['profiles.get', ['glm']],
      ['profiles.create', { name: 'x' }],
      ['settings.set', { quietMs: 'soon' }],
      ['files.open', { kind: 'path', path: '/etc/passwd' }],
      ['files.open', { kind: 'profile', name: '../../etc/passwd' }],
      ['sync.run', 'everything'],
    ] as const)
      expect(await call(page, method, input), method).toMatchObject({ ok: false });
    const large = await call(page, 'clipboard.copyText', { text: 'x'.repeat(2 * 1024 * 1024) });
    expect(large).toMatchObject({ ok: false, error: { code: 'request-refused', part: 'size' } });
  });

  test('gets no key but by asking for it by name', async ({ openWindow, folder }) => {
    const home = layFixtureHome(folder);
    const { page } = await openWindow(home.home);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('synced');
    const keys = keysOf(home);
    expect(keys.length).toBeGreaterThanOrEqual(4);
    const inputs: Readonly<Record<string, unknown>> = {
      'profiles.get': { name: 'glm' },
      'profiles.test': null,
      'profiles.revealKey': null,
      'history.get': { id: 1 },
    };
    const told: string[] = [await page.content()];
    for (const method of Object.keys(METHODS).filter((name) =>
      /\.(get|list|preview|report|deleted|excluded)$/.test(name),
    ))
      told.push(JSON.stringify(await call(page, method, inputs[method] ?? {})));
    expect(told.length).toBeGreaterThan(10);
    for (const key of keys) expect(told.join('\n')).not.toContain(key);
    const revealed = await call(page, 'profiles.revealKey', { name: 'glm' });
    expect(keys).toContain((revealed.value as { readonly key: string }).key);
  });

  // A browser asks its user.
  test(
    'gets no permission, no window and no other page',
    { tag: '@ipc' },
    async ({ openWindow, folder, problems }) => {
      problems.allow(/permission/i);
      const elsewhere = await openScriptedServer({ '*': (_request, response) => response.end('') });
      const origin = `http://127.0.0.1:${elsewhere.port}`;
      const { page } = await openWindow(layFixtureHome(folder).home);
      const seen = await page.evaluate(async () => {
        const refused = (what: Promise<unknown>): Promise<boolean> =>
          what.then(
            () => false,
            () => true,
          );
        return {
          notifications: await Notification.requestPermission(),
          clipboard: await refused(navigator.clipboard.readText()),
          media: await refused(navigator.mediaDevices.getUserMedia({ audio: true })),
          location: await refused(
            new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
          ),
        };
      });
      const before = page.url();
      const isRefused = await page.evaluate((url) => window.open(url) === null, `${origin}/window`);
      expect(isRefused).toBe(true);
      for (const leave of WAYS_OUT) {
        await page.evaluate(leave, `${origin}/page`);
        await settle(page);
        expect(page.url()).toBe(before);
        expect(elsewhere.requests).toEqual([]);
      }
      elsewhere.close();
      expect(seen).toEqual({ notifications: 'denied', clipboard: true, media: true, location: true });
    },
  );
});
