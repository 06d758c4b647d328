import type { Page } from '@playwright/test';
import { GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { FINGERPRINT, REMOTE_STATE_NAMES, REMOTE_STATES } from '../../electron/testing/remote-states.ts';
import { err, ok } from '../../shared/result.ts';
import type { RemoteFault } from '../../shared/schema/remote.ts';
import { configuredOf, testOf } from './fixture-targets.ts';
import type { Scene } from './scenes.ts';

const { synced } = GLANCE_STATES;
const { many, offline } = REMOTE_STATES;

/** The Overview with a server in each state. */
export const TARGET_STATE_SCENES: readonly Scene[] = REMOTE_STATE_NAMES.map((name) => ({
  name: `remote-${name}`,
  state: REMOTE_STATES[name],
  hash: '#/overview?target=office',
}));

/** All of these go by places and roles, so that they hold in each language. */
async function scrollToServers(page: Page): Promise<void> {
  await page.locator('.add').scrollIntoViewIfNeeded();
}

async function openAdding(page: Page): Promise<void> {
  await page.locator('.add button').click();
  await page.getByRole('dialog').waitFor();
}

async function fillServer(page: Page, url = 'https://proxy.example.test'): Promise<void> {
  await openAdding(page);
  const fields = page.getByRole('dialog').locator('input');
  await fields.nth(0).fill('Büro 2');
  await fields.nth(1).fill(url);
  await fields.last().fill('not-a-real-key');
}

async function test(page: Page): Promise<void> {
  await page.locator('[role="dialog"] footer button').last().click();
  await page.locator('[role="dialog"] .notice').first().waitFor();
}

async function fillAndTest(page: Page): Promise<void> {
  await fillServer(page);
  await test(page);
}

async function goOn(page: Page): Promise<void> {
  await page.locator('[role="dialog"] footer button').last().click();
}

function adding(name: string, fault: RemoteFault | null, act: Scene['act']): Scene {
  return {
    name: `add-server-${name}`,
    state: synced,
    hash: '#/settings',
    answers: { 'targets.test': () => ok(testOf(fault)) },
    ...(act === undefined ? {} : { act }),
  };
}

const UNTRUSTED: RemoteFault = {
  code: 'tls-untrusted',
  reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  fingerprint: FINGERPRINT,
  subject: 'CN=proxy.example.test',
  validToMs: 1_830_000_000_000,
};

/** A row of the servers in Settings, by its menu. */
async function openMenu(page: Page): Promise<void> {
  await page.locator('[data-server] .menu-trigger').first().click();
  await page.getByRole('menu').waitFor();
}

const PROXY = { url: 'http://127.0.0.1:8317', known: 'none', keptFor: 'http://127.0.0.1:8318' } as const;

export const TARGET_SCENES: readonly Scene[] = [
  {
    name: 'proxy-key-elsewhere',
    state: synced,
    hash: '#/settings',
    act: (page) => page.locator('[data-proxy-key]').scrollIntoViewIfNeeded(),
    answers: { 'targets.configured': () => ok({ ...configuredOf(synced), local: PROXY }) },
  },
  {
    name: 'proxy-key-refused',
    state: synced,
    hash: '#/settings',
    answers: { 'proxyKey.set': () => ok({ fit: 'refused', local: PROXY }) },
    act: async (page) => {
      await page.locator('[data-proxy-key] button').first().click();
      await page.getByRole('dialog').locator('input').fill('not-a-real-key');
      await test(page);
    },
  },
  { name: 'overview-servers', state: many, hash: '#/overview' },
  { name: 'preview-server', state: REMOTE_STATES['first-sync'], hash: '#/overview?preview&target=office' },
  { name: 'settings-servers', state: many, hash: '#/settings', act: scrollToServers },
  {
    name: 'settings-servers-unknown',
    state: synced,
    hash: '#/settings',
    act: scrollToServers,
    answers: {
      'targets.configured': () =>
        err({ code: 'state-unusable', path: '/home/ana/.local/state/cliproxy-sync', reason: 'EACCES' }),
    },
  },
  { name: 'history-server', state: offline, hash: '#/history?target=office' },
  { name: 'profile-servers', state: many, hash: '#/profiles/glm' },
  adding('empty', null, openAdding),
  adding('plain-http', null, (page) => fillServer(page, 'http://proxy.example.test')),
  adding('works', null, fillAndTest),
  adding('refused', { code: 'wrong-key' }, fillAndTest),
  adding('untrusted', UNTRUSTED, fillAndTest),
  adding('profiles', null, async (page) => {
    await fillAndTest(page);
    await goOn(page);
    await page.getByRole('dialog').getByRole('radio').nth(1).check();
    await page.getByRole('searchbox').waitFor();
  }),
  adding('summary', null, async (page) => {
    await fillAndTest(page);
    await goOn(page);
    await goOn(page);
    await page.locator('[role="dialog"] dl').waitFor();
  }),
  {
    name: 'edit-server',
    state: many,
    hash: '#/settings',
    act: async (page) => {
      await openMenu(page);
      await page.getByRole('menuitem').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'edit-server-moved',
    state: many,
    hash: '#/settings',
    act: async (page) => {
      await openMenu(page);
      await page.getByRole('menuitem').first().click();
      const address = page.getByRole('dialog').locator('input[inputmode="url"]');
      await address.fill('https://next.example.test:8317');
      await page.getByRole('dialog').getByRole('radiogroup').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'remove-server',
    state: many,
    hash: '#/settings',
    act: async (page) => {
      await openMenu(page);
      await page.getByRole('menuitem').last().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'trust-server',
    state: REMOTE_STATES['tls-untrusted'],
    hash: '#/overview',
    act: async (page) => {
      await page.locator('#target-office .notice button').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
