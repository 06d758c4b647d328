import { hashSync } from 'bcryptjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { layProxyHome } from '../../electron/testing/lay-proxy-home.ts';
import { needsProxy } from '../../electron/testing/requirements.ts';
import { runProxy } from '../../electron/testing/run-proxy.ts';
import { layOwnHome } from '../../electron/testing/own-home.ts';
import { expect, test } from './window-test.ts';

const PROXY_KEY = 'sk-test-proxy-key-0123456789';

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

test('keeps the key of the local proxy by keyboard, refuses one that does not fit, and forgets it', async ({
  openWindow,
  folder,
}) => {
  const home = layOwnHome(folder);
  const secret = `remote-management:\n  secret-key: "${hashSync(PROXY_KEY, 4)}"\n`;
  writeFileSync(home.configPath, home.config() + secret);
  const { page } = await openWindow(home.home);
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByText(/^No known key fits remote-management\.secret-key/)).toBeVisible();
  const enter = page.getByRole('button', { name: 'Enter key…' });
  await enter.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Management key of the local proxy' });
  await expect(dialog).toContainText('http://127.0.0.1:9');
  await expect(dialog.getByLabel('Management key', { exact: true })).toBeFocused();
  await page.keyboard.type('sk-test-another');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('The key does not fit');
  await dialog.getByLabel('Management key', { exact: true }).fill(PROXY_KEY);
  await expect(dialog.getByRole('alert')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(enter).toBeFocused();
  await expect(page.getByText('The one that you entered is used.')).toBeVisible();
  expect(await page.content()).not.toContain(PROXY_KEY);

  await page.getByRole('button', { name: 'Forget', exact: true }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).press('Enter');
  await expect(page.getByText('The key is forgotten.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Forget', exact: true })).toHaveCount(0);
  await expect(enter).toBeFocused();
  await expect(page.getByText(/^No known key fits/)).toBeVisible();
});

const program = needsProxy();

test.describe('beside the real CLIProxyAPI', () => {
  test.skip(program === undefined);

  test('opens the catalog of a proxy whose key CCS does not know by the key that is given', async ({
    openWindow,
    folder,
  }) => {
    const home = await layProxyHome(folder);
    const config = readFileSync(home.configPath, 'utf8');
    writeFileSync(home.configPath, config.replace('secret-key: "ccs"', `secret-key: "${PROXY_KEY}"`));
    const proxy = await runProxy(program ?? '', home.configPath);
    try {
      await expect.poll(() => readFileSync(home.configPath, 'utf8')).toMatch(/secret-key: ["']?\$2a\$/);
      const { page } = await openWindow(home.home);
      await page.getByRole('link', { name: 'Catalog' }).click();
      await expect(page.getByText('No management key is known that fits the configuration')).toBeVisible();
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'Enter key…' }).click();
      await page.getByLabel('Management key', { exact: true }).fill(PROXY_KEY);
      await page.keyboard.press('Enter');
      await expect(page.getByText('The key fits the configuration, and is kept.')).toBeVisible();
      // Asked by itself now that it can be.
      await page.getByRole('link', { name: 'Catalog' }).click();
      await expect(page.getByText(/^Live: the proxy's own definitions/)).toBeVisible();
    } finally {
      await proxy.stop();
    }
  });
});
