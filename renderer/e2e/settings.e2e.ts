import { layOwnHome } from './own-home.ts';
import { expect, test } from './window-test.ts';

test('speaks Chinese and English, light and dark, as the settings say', async ({ openWindow, folder }) => {
  const { page } = await openWindow(layOwnHome(folder).home);
  await page.getByRole('link', { name: 'Settings' }).click();
  const root = page.locator('html');
  await page.getByLabel('Theme').click();
  await page.getByRole('option', { name: 'Dark', exact: true }).click();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByLabel('Language').click();
  await page.getByRole('option', { name: '简体中文' }).click();
  await expect(root).toHaveAttribute('lang', 'zh-Hans');
  await page.reload();
  await expect(root).toHaveAttribute('lang', 'zh-Hans');
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(colour);
});

test('keeps the quiet time, and says what is wrong with one that can’t be', async ({
  openWindow,
  folder,
}) => {
  const { page } = await openWindow(layOwnHome(folder).home);
  await page.getByRole('link', { name: 'Settings' }).click();
  const quiet = page.getByLabel('Quiet time in milliseconds');
  await quiet.fill('soon');
  await quiet.press('Enter');
  await expect(page.getByText('Enter a whole number of milliseconds')).toBeVisible();
  await quiet.fill('400');
  await quiet.press('Enter');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Quiet time in milliseconds')).toHaveValue('400');
});

test('shows a diagnostics report in which there is no key', async ({ openWindow, folder }) => {
  const { page } = await openWindow(layOwnHome(folder).home);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Show the report' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('glm');
  await expect(dialog).not.toContainText('sk-test-glm');
});
