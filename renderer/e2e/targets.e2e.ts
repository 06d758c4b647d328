import type { Page } from '@playwright/test';
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
  await page.getByRole('button', { name: 'Add a server…' }).press('Enter');
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
  await dialog.getByRole('button', { name: 'Trust this certificate' }).click();
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
  await fill(page, { url: remote.url, key: KEY });
  await finish(page);
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  const card = page.getByRole('region', { name: 'Office' });
  await expect(card).toContainText('In sync');
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
