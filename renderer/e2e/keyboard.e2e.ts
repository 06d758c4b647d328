import type { Page } from '@playwright/test';
import { layOwnHome } from './own-home.ts';
import { expect, test } from './window-test.ts';

/** Goes on with Tab until something of this role and name has the focus. */
async function tabTo(page: Page, role: 'link' | 'button' | 'switch', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  for (let steps = 0; steps < 80; steps += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${role} ${String(name)}`);
}

test('goes through all views by keyboard alone', async ({ openWindow, folder }) => {
  const { page } = await openWindow(layOwnHome(folder).home);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  for (const view of [/^Profiles/, /^Catalog/, /^History/, /^Settings/, /^Overview/]) {
    await tabTo(page, 'link', view);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: view })).toHaveAttribute('aria-current', 'page');
  }
  await tabTo(page, 'switch', 'Auto-sync');
  await page.keyboard.press('Space');
  await expect(page.getByRole('switch', { name: 'Auto-sync' })).not.toBeChecked();
  await tabTo(page, 'button', 'Preview changes');
  await page.keyboard.press('Enter');
  const preview = page.getByRole('dialog', { name: 'Preview changes' });
  await expect(preview).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(preview).toBeHidden();
});

test('finds commands and profiles in the palette, and gives the focus back', async ({
  openWindow,
  folder,
}) => {
  const { page } = await openWindow(layOwnHome(folder).home);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette).toBeVisible();
  await page.keyboard.type('kimi');
  await expect(palette.getByRole('option').first()).toContainText('kimi');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'kimi' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});
