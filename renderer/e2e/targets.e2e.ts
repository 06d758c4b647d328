import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CLI } from '../../electron/e2e/app-folder.ts';
import { openFaultyRemote } from '../../electron/testing/open-faulty-remote.ts';
import { envOf, layOwnHome } from '../../electron/testing/own-home.ts';
import { fillServer, finishServer, prefixesOn, REMOTE_KEY, setUpServer } from './set-up-server.ts';
import { expect, test } from './window-test.ts';

const FOREIGN = {
  'api-key': 'sk-test-somebody-else',
  prefix: 'team',
  'base-url': 'https://team.test/api',
  headers: { 'X-Team': '1' },
};

test('adds a server by keyboard, asks before its first sync, keeps it in sync, and takes everything out again', async ({
  openWindow,
  folder,
}) => {
  const home = layOwnHome(folder);
  const remote = await openFaultyRemote({ key: REMOTE_KEY, entries: [FOREIGN] });
  const { page } = await openWindow(home.home);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  await fillServer(page, { url: remote.url, key: REMOTE_KEY });
  await finishServer(page);
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
  expect(prefixesOn(remote)).toHaveLength(4);
  // The server itself fills in what is empty.
  expect(remote.entries()[0]).toMatchObject(FOREIGN);

  home.profile('later', envOf('later'));
  await expect.poll(() => prefixesOn(remote).length).toBe(5);

  await card.getByRole('button', { name: 'Pause Office' }).click();
  await expect(card.getByRole('button', { name: 'Resume Office' })).toBeVisible();
  home.profile('last', envOf('last'));
  await expect(card).toContainText('1 change');
  expect(prefixesOn(remote)).toHaveLength(5);
  await card.getByRole('button', { name: 'Resume Office' }).click();
  await expect.poll(() => prefixesOn(remote).length).toBe(6);

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
  const remote = await openFaultyRemote({ key: REMOTE_KEY });
  const { port } = new URL(remote.url);
  appendFileSync(
    join(home.ccsDirectory, 'config.yaml'),
    `  remote:\n    enabled: false\n    host: 127.0.0.1\n    port: ${port}\n    management_key: ${REMOTE_KEY}\n`,
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
  await finishServer(page);
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Office' })).toContainText('In sync');
  expect(prefixesOn(remote)).toHaveLength(3);
  expect(await page.content()).not.toContain(REMOTE_KEY);
  remote.close();
});

test('says that a key is refused, sends it once, and works once another is typed', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: REMOTE_KEY });
  const { page } = await openWindow(layOwnHome(folder).home);
  await fillServer(page, { url: remote.url, key: 'sk-test-wrong' });
  const dialog = page.getByRole('dialog', { name: 'Add a server' });
  await expect(dialog).toContainText('The server refused the management key');
  expect(remote.withKey()).toBe(1);
  await dialog.getByLabel('Management key', { exact: true }).fill(REMOTE_KEY);
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await finishServer(page);
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Office' })).toContainText('In sync');
  remote.close();
});

test('pins a certificate that nobody vouches for, and sends nothing before that or to another one', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: REMOTE_KEY, tls: 'first' });
  const { page } = await openWindow(layOwnHome(folder).home);
  await fillServer(page, { url: remote.url, key: REMOTE_KEY });
  const dialog = page.getByRole('dialog', { name: 'Add a server' });
  await expect(dialog).toContainText('does not trust the server');
  const shown = (remote.fingerprint ?? '').toUpperCase().slice(0, 4);
  await expect(dialog).toContainText(`${shown.slice(0, 2)}:${shown.slice(2)}`);
  expect(remote.requests).toEqual([]);
  await dialog.getByRole('button', { name: 'Trust this certificate' }).press('Enter');
  // The button is gone, the keys are where the answer stands.
  await expect(dialog.locator(':focus')).toContainText('The connection works');
  await finishServer(page);
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

test('takes up a released server again once somebody agreed to keep the entries that were left there', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: REMOTE_KEY });
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  const card = await setUpServer(page, remote);
  const release = [CLI, 'release', '--keep', '--target', 'office'];
  await promisify(execFile)(process.execPath, release, {
    env: { PATH: process.env['PATH'], HOME: home.home },
  });
  await card.getByRole('button', { name: 'Manage it again' }).press('Enter');
  const preview = page.getByRole('dialog', { name: 'Preview changes' });
  await expect(preview).toContainText('where another machine syncs it too');
  await preview.getByRole('button', { name: 'Agree and sync' }).press('Enter');
  await expect(preview).toBeHidden();
  await expect(card).toContainText('In sync');
  home.profile('later', envOf('later'));
  await expect.poll(() => prefixesOn(remote).length).toBe(4);
  remote.close();
});

test('tells of a server that is away, and is well by itself when it is back', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: REMOTE_KEY });
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  const card = await setUpServer(page, remote);
  await remote.setFault({ kind: 'refuse' });
  home.profile('later', envOf('later'));
  await expect(card).toContainText('Unreachable');
  await expect(card).toContainText('1 change');
  await expect(card).toContainText('Trying again');
  await remote.setFault(null);
  await expect(card).toContainText('In sync');
  expect(prefixesOn(remote)).toHaveLength(4);
  remote.close();
});
