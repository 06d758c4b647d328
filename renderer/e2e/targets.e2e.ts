import type { Locator, Page } from '@playwright/test';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultyRemote, openFaultyRemote } from '../../electron/testing/open-faulty-remote.ts';
import { envOf, layOwnHome } from './own-home.ts';
import { expect, test } from './window-test.ts';

const KEY = 'sk-test-management-0123456789';
const FOREIGN = {
  'api-key': 'sk-test-somebody-else',
  prefix: 'team',
  'base-url': 'https://team.test/api',
  headers: { 'X-Team': '1' },
};

/** The dialog, filled in by keyboard alone: name, address, where the key is kept (as it is), key. */
async function fill(page: Page, server: { readonly url: string; readonly key: string }): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  const add = page.getByRole('button', { name: 'Add a server…' });
  // Busy until it is known what is set up.
  await expect(add).toHaveAttribute('aria-busy', 'false');
  await add.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add a server' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('Office');
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Address')).toBeFocused();
  await page.keyboard.type(server.url);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Management key', { exact: true })).toBeFocused();
  await page.keyboard.type(server.key);
  await page.keyboard.press('Enter');
}

/** The other steps, as they are: all profiles, automatic. */
async function finish(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Add a server' });
  await expect(dialog).toContainText('The connection works');
  await dialog.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(dialog.getByRole('heading', { name: 'What is synced to it' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(dialog.getByRole('heading', { name: 'Summary' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Add' }).press('Enter');
  await expect(dialog).toBeHidden();
}

/** Set up by keyboard, in sync, with its card on show. */
async function setUp(page: Page, remote: FaultyRemote): Promise<Locator> {
  await fill(page, { url: remote.url, key: KEY });
  await finish(page);
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  const card = page.getByRole('region', { name: 'Office' });
  await expect(card).toContainText('In sync');
  return card;
}

function prefixes(remote: FaultyRemote): readonly unknown[] {
  return remote.entries().map(({ prefix }) => prefix);
}

test('adds a server by keyboard, asks before its first sync, keeps it in sync, and takes everything out again', async ({
  openWindow,
  folder,
}) => {
  const home = layOwnHome(folder);
  const remote = await openFaultyRemote({ key: KEY, entries: [FOREIGN] });
  const { page } = await openWindow(home.home);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  await fill(page, { url: remote.url, key: KEY });
  await finish(page);
  await expect(page.getByRole('button', { name: 'Add a server…' })).toBeFocused();
  expect(remote.entries()).toEqual([FOREIGN]);

  await page.getByRole('link', { name: 'See it on the Overview' }).click();
  const card = page.getByRole('region', { name: 'Office' });
  await card.getByRole('button', { name: 'Show what would change' }).click();
  const preview = page.getByRole('dialog', { name: 'Preview changes' });
  await expect(preview).toContainText('https://glm.test/api');
  await expect(preview).not.toContainText('sk-test-glm');
  await preview.getByRole('button', { name: 'Agree and sync' }).click();
  await expect(preview).toBeHidden();
  await expect(card).toContainText('In sync');
  expect(prefixes(remote)).toHaveLength(4);
  // The server itself fills in what is empty.
  expect(remote.entries()[0]).toMatchObject(FOREIGN);

  home.profile('later', envOf('later'));
  await expect.poll(() => prefixes(remote).length).toBe(5);

  await card.getByRole('button', { name: 'Pause Office' }).click();
  await expect(card.getByRole('button', { name: 'Resume Office' })).toBeVisible();
  home.profile('last', envOf('last'));
  await expect(card).toContainText('1 change');
  expect(prefixes(remote)).toHaveLength(5);
  await card.getByRole('button', { name: 'Resume Office' }).click();
  await expect.poll(() => prefixes(remote).length).toBe(6);

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'More for Office' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const removal = page.getByRole('dialog', { name: 'Remove Office' });
  await removal.getByRole('radio', { name: 'Take the entries out' }).check();
  await removal.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(removal).toBeHidden();
  expect(remote.entries()).toMatchObject([FOREIGN]);
  await expect(page.getByRole('button', { name: 'Add a server…' })).toBeFocused();
  remote.close();
});

test('takes the server and the key that CCS’s settings name, and asks it nothing before the test', async ({
  openWindow,
  folder,
}) => {
  const home = layOwnHome(folder);
  const remote = await openFaultyRemote({ key: KEY });
  const { port } = new URL(remote.url);
  appendFileSync(
    join(home.ccsDirectory, 'config.yaml'),
    `  remote:\n    enabled: false\n    host: 127.0.0.1\n    port: ${port}\n    management_key: ${KEY}\n`,
  );
  const { page } = await openWindow(home.home);
  await page.getByRole('link', { name: 'Settings' }).click();
  const add = page.getByRole('button', { name: 'Add a server…' });
  await expect(add).toHaveAttribute('aria-busy', 'false');
  await add.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add a server' });
  await expect(dialog).toContainText(`CCS's settings name a server at ${remote.url}`);
  await dialog.getByRole('button', { name: 'Use it' }).press('Enter');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await expect(dialog.getByLabel('Name')).toHaveValue('127.0.0.1');
  await expect(dialog.getByLabel('Address')).toHaveValue(remote.url);
  await expect(dialog.getByRole('button', { name: 'Use it' })).toHaveCount(0);
  await expect(dialog.getByLabel('Management key', { exact: true })).toHaveCount(0);
  await dialog.getByLabel('Name').fill('Office');
  expect(remote.requests).toEqual([]);
  await page.keyboard.press('Enter');
  await finish(page);
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Office' })).toContainText('In sync');
  expect(prefixes(remote)).toHaveLength(3);
  expect(await page.content()).not.toContain(KEY);
  remote.close();
});

test('says that a key is refused, sends it once, and works once another is typed', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: KEY });
  const { page } = await openWindow(layOwnHome(folder).home);
  await fill(page, { url: remote.url, key: 'sk-test-wrong' });
  const dialog = page.getByRole('dialog', { name: 'Add a server' });
  await expect(dialog).toContainText('The server refused the management key');
  expect(remote.withKey()).toBe(1);
  await dialog.getByLabel('Management key', { exact: true }).fill(KEY);
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await finish(page);
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Office' })).toContainText('In sync');
  remote.close();
});

test('pins a certificate that nobody vouches for, and sends nothing before that or to another one', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: KEY, tls: 'first' });
  const { page } = await openWindow(layOwnHome(folder).home);
  await fill(page, { url: remote.url, key: KEY });
  const dialog = page.getByRole('dialog', { name: 'Add a server' });
  await expect(dialog).toContainText('does not trust the server');
  const shown = (remote.fingerprint ?? '').toUpperCase().slice(0, 4);
  await expect(dialog).toContainText(`${shown.slice(0, 2)}:${shown.slice(2)}`);
  expect(remote.requests).toEqual([]);
  await dialog.getByRole('button', { name: 'Trust this certificate' }).press('Enter');
  // The button is gone, the keys are where the answer stands.
  await expect(dialog.locator(':focus')).toContainText('The connection works');
  await finish(page);
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  const card = page.getByRole('region', { name: 'Office' });
  await expect(card).toContainText('In sync');

  const asked = remote.requests.length;
  remote.setCertificate('second');
  await card.getByRole('button', { name: 'Sync Office' }).click();
  await expect(card.getByRole('button', { name: 'Trust this certificate…' })).toBeVisible();
  expect(remote.requests).toHaveLength(asked);
  await card.getByRole('button', { name: 'Trust this certificate…' }).click();
  await page
    .getByRole('dialog', { name: 'Trust the certificate of Office' })
    .getByRole('button', { name: 'Trust this certificate' })
    .click();
  await expect(card).toContainText('In sync');
  remote.close();
});

test('tells of a server that is away, and is well by itself when it is back', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: KEY });
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  const card = await setUp(page, remote);
  await remote.setFault({ kind: 'refuse' });
  home.profile('later', envOf('later'));
  await expect(card).toContainText('Unreachable');
  await expect(card).toContainText('1 change');
  await expect(card).toContainText('Trying again');
  await remote.setFault(null);
  await expect(card).toContainText('In sync');
  expect(prefixes(remote)).toHaveLength(4);
  remote.close();
});

test('asks for a refused key again, sends each answer once, and is in sync with the right one', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: KEY });
  const { page } = await openWindow(layOwnHome(folder).home);
  const card = await setUp(page, remote);
  await remote.setFault({ kind: 'wrong-key' });
  await card.getByRole('button', { name: 'Sync Office' }).click();
  await expect(card).toContainText('The server refused the management key');

  const asked = remote.withKey();
  await card.getByRole('button', { name: 'Sync Office' }).click();
  await expect(card.getByRole('button', { name: 'Sync Office' })).toHaveAttribute('aria-busy', 'false');
  expect(remote.withKey()).toBe(asked);

  const dialog = page.getByRole('dialog', { name: 'Edit Office' });
  const field = dialog.getByLabel('Management key', { exact: true });
  const enter = async (key: string): Promise<void> => {
    await card.getByRole('button', { name: 'Enter the key again…' }).click();
    await expect(field).toBeFocused();
    await field.fill(key);
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(card.getByRole('button', { name: 'Sync Office' })).toHaveAttribute('aria-busy', 'false');
  };
  await enter('sk-test-wrong-again');
  await expect.poll(() => remote.withKey()).toBe(asked + 1);
  await expect(card).toContainText('The server refused the management key');

  await remote.setFault(null);
  await enter(KEY);
  await expect(card).toContainText('In sync');
  await expect(card.getByRole('heading', { name: 'Office' })).toBeFocused();
  expect(prefixes(remote)).toHaveLength(3);
  remote.close();
});

test('takes over other profiles and syncing by hand, and writes nothing to a server by hand unasked', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: KEY });
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  const card = await setUp(page, remote);
  const dialog = page.getByRole('dialog', { name: /^Edit / });
  const edit = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: `More for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
  };

  await page.getByRole('link', { name: 'Settings' }).click();
  await edit('Office');
  await dialog.getByRole('radio', { name: 'Chosen profiles' }).check();
  await dialog.getByRole('checkbox', { name: 'kimi' }).uncheck();
  // A search is no saving.
  await dialog.getByRole('searchbox').fill('glm');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('checkbox')).toHaveCount(1);
  await dialog.getByRole('radio', { name: 'By hand' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('[data-server="office"]')).toContainText('2 chosen profiles');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();

  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(card).toContainText('By hand');
  home.profile('glm', envOf('glm', { ANTHROPIC_MODEL: 'glm-other' }));
  await expect.poll(home.config).toContain('glm-other');
  await edit('Office');
  await dialog.getByLabel('Name').fill('Home');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const renamed = page.getByRole('region', { name: 'Home' });
  await expect(renamed.getByRole('button', { name: 'Sync Home' })).toHaveAttribute('aria-busy', 'false');
  expect(prefixes(remote)).toHaveLength(3);
  expect(JSON.stringify(remote.entries())).not.toContain('glm-other');

  await renamed.getByRole('button', { name: 'Sync Home' }).click();
  await expect.poll(() => prefixes(remote).length).toBe(2);
  expect(JSON.stringify(remote.entries())).toContain('glm-other');
  remote.close();
});

test('goes on after a key that was corrected while it was tried, and after no profile was chosen', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: KEY });
  const { page } = await openWindow(layOwnHome(folder).home);
  await remote.setFault({ kind: 'silent' });
  await fill(page, { url: remote.url, key: KEY.slice(0, -1) });
  await page.keyboard.type(KEY.slice(-1));
  const dialog = page.getByRole('dialog', { name: 'Add a server' });
  const check = dialog.getByRole('button', { name: 'Test connection' });
  await expect.poll(() => remote.requests.length).toBe(1);
  // Longer than it takes until a test is shown to last.
  await page.waitForTimeout(600);
  await expect(check).toHaveAttribute('aria-busy', 'false');
  await remote.setFault(null);
  await check.click();
  await expect(dialog).toContainText('The connection works');

  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('radio', { name: 'Chosen profiles' }).check();
  await dialog.getByRole('button', { name: 'Choose none' }).click();
  await dialog.getByRole('button', { name: 'Back' }).click();
  const next = dialog.getByRole('button', { name: 'Next' });
  await expect(next).toHaveAttribute('aria-disabled', 'false');
  await next.click();
  await expect(next).toHaveAttribute('aria-disabled', 'true');
  remote.close();
});
