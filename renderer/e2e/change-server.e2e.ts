import { openFaultyRemote } from '../../electron/testing/open-faulty-remote.ts';
import { envOf, layOwnHome } from '../../electron/testing/own-home.ts';
import { fillServer, prefixesOn, REMOTE_KEY, setUpServer } from './set-up-server.ts';
import { expect, test } from './window-test.ts';

test('asks for a refused key again, sends each answer once, and is in sync with the right one', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: REMOTE_KEY });
  const { page } = await openWindow(layOwnHome(folder).home);
  const card = await setUpServer(page, remote);
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
  await enter(REMOTE_KEY);
  await expect(card).toContainText('In sync');
  await expect(card.getByRole('heading', { name: 'Office' })).toBeFocused();
  expect(prefixesOn(remote)).toHaveLength(3);
  remote.close();
});

test('takes over other profiles and syncing by hand, and writes nothing to a server by hand unasked', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: REMOTE_KEY });
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  const card = await setUpServer(page, remote);
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
  expect(prefixesOn(remote)).toHaveLength(3);
  expect(JSON.stringify(remote.entries())).not.toContain('glm-other');

  await renamed.getByRole('button', { name: 'Sync Home' }).click();
  await expect.poll(() => prefixesOn(remote).length).toBe(2);
  expect(JSON.stringify(remote.entries())).toContain('glm-other');
  remote.close();
});

test('goes on after a key that was corrected while it was tried, and after no profile was chosen', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: REMOTE_KEY });
  const { page } = await openWindow(layOwnHome(folder).home);
  await remote.setFault({ kind: 'silent' });
  await fillServer(page, { url: remote.url, key: REMOTE_KEY.slice(0, -1) });
  await page.keyboard.type(REMOTE_KEY.slice(-1));
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

test('asks what becomes of its entries where a server gets another address, and takes them out first', async ({
  openWindow,
  folder,
}) => {
  const remote = await openFaultyRemote({ key: REMOTE_KEY });
  const next = await openFaultyRemote({ key: REMOTE_KEY });
  const { page } = await openWindow(layOwnHome(folder).home);
  const card = await setUpServer(page, remote);
  await page.getByRole('button', { name: 'More for Office' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Edit…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Edit Office' });
  const choice = dialog.getByRole('radiogroup', { name: 'Our entries at the old address' });
  await expect(choice).toBeHidden();
  await dialog.getByLabel('Address').fill(next.url);
  await dialog.getByLabel('Management key', { exact: true }).fill(REMOTE_KEY);
  const save = dialog.getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await choice.getByRole('radio', { name: /take them out/ }).press('Space');
  await save.press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(() => prefixesOn(remote)).toEqual([]);
  await expect.poll(() => prefixesOn(next)).toHaveLength(3);
  await expect(card).toContainText(next.url.slice('http://'.length));
  await expect(card).toContainText('In sync');
  remote.close();
  next.close();
});
