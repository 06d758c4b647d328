import { envOf, layOwnHome } from '../../electron/testing/own-home.ts';
import { expect, test } from './window-test.ts';

test('previews what would be written, with masked keys, then writes it and takes it back', async ({
  openWindow,
  folder,
}) => {
  const home = layOwnHome(folder);
  home.setAutoSync(false);
  const { page } = await openWindow(home.home);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Auto-sync is off');
  const before = home.config();

  await page.getByRole('button', { name: 'Preview changes' }).click();
  const preview = page.getByRole('dialog', { name: 'Preview changes' });
  await expect(preview).toContainText('https://glm.test/api');
  await expect(preview).toContainText('…6789');
  await expect(preview).not.toContainText('sk-test-glm');
  await page.keyboard.press('Escape');
  await expect(preview).toBeHidden();
  expect(home.config()).toBe(before);

  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect.poll(home.config).toContain('sk-test-glm-0123456789');
  const recent = page.getByRole('main');
  await expect(recent).toContainText('glm, kimi and mimo');

  await page
    .getByRole('button', { name: /^Undo change/ })
    .first()
    .click();
  const undo = page.getByRole('dialog', { name: /^Undo change/ });
  await undo.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(undo).toBeHidden();
  await expect.poll(home.config).toBe(before);
});

test('undoes a change from the history, and says that it is undone', async ({ openWindow, folder }) => {
  const home = layOwnHome(folder);
  const before = home.config();
  const { page } = await openWindow(home.home);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  await page.getByRole('link', { name: 'History' }).click();
  await page
    .getByRole('main')
    .getByText(/Added glm/)
    .first()
    .click();
  await page.getByRole('button', { name: 'Undo this change' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(home.config).toBe(before);
  await expect(page.getByRole('main')).toContainText('Undone by change');
});

test('follows a profile that is saved elsewhere, and keeps the focus where it was', async ({
  openWindow,
  folder,
}) => {
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  const autoSync = page.getByRole('switch', { name: 'Auto-sync' });
  await autoSync.focus();
  home.profile('later', envOf('later'));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('4 profiles synced');
  await expect(autoSync).toBeFocused();
  await page.getByRole('link', { name: /^Profiles/ }).click();
  await page.getByLabel('Search profiles').fill('kim');
  home.profile('last', envOf('last'));
  await expect.poll(home.config).toContain('sk-test-last');
  await expect(page.getByLabel('Search profiles')).toBeFocused();
  await expect(page.getByLabel('Search profiles')).toHaveValue('kim');
});

test('switches auto-sync, and pauses it for an hour', async ({ openWindow, folder }) => {
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  const autoSync = page.getByRole('switch', { name: 'Auto-sync' });
  await expect(autoSync).toBeChecked();
  await page.getByRole('button', { name: 'Pause for 1 hour' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paused until');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  await autoSync.click();
  await expect(autoSync).not.toBeChecked();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Auto-sync is off');
  home.profile('later', envOf('later'));
  await expect(page.getByText('Changes wait')).toBeVisible();
  expect(home.config()).not.toContain('later');
});

test('shows a broken configuration with its line, and is well again by itself', async ({
  openWindow,
  folder,
}) => {
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  const good = home.config();
  home.write('cliproxy/config-9.yaml', `${good}port: 1\n`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`line ${good.split('\n').length}`);
  home.write('cliproxy/config-9.yaml', good);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
});

// In Electron the window lives in the service.
test(
  'says that the service is gone, and with which command it comes back',
  { tag: '@http' },
  async ({ openWindow, folder, problems }) => {
    problems.allow(/Failed to load resource|ERR_CONNECTION|ERR_INCOMPLETE/);
    const { page, endService } = await openWindow(layOwnHome(folder).home);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
    await endService();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The connection to the service is lost');
    await expect(page.getByRole('alert')).toContainText('cliproxy-sync serve');
  },
);
