import type { Locator, Page } from '@playwright/test';
import { envOf, layOwnHome } from '../../electron/testing/own-home.ts';
import { expect, test } from './window-test.ts';

type Role = 'link' | 'button' | 'switch' | 'textbox' | 'combobox' | 'option';

/** Goes on with Tab until something of this role and name has the focus. */
async function tabTo(page: Page, role: Role, name: string | RegExp): Promise<void> {
  const exact = typeof name === 'string';
  const wanted = page.getByRole(role, { name, exact }).first();
  for (let steps = 0; steps < 80; steps += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${role} ${String(name)}`);
}

/** Goes down the tree until the keys are on this profile. */
async function goToRow(page: Page, name: string): Promise<void> {
  const active = page.locator('.tree-row.active');
  for (let steps = 0; steps < 20; steps += 1) {
    if ((await active.count()) === 1 && (await active.innerText()).startsWith(name)) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`the arrow keys do not reach ${name}`);
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
  await tabTo(page, 'link', /^History/);
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('link', { name: /^History/ })).toBeFocused();
});

test('creates, edits, renames and deletes a profile, and takes that back, by keyboard alone', async ({
  openWindow,
  folder,
  transport,
}) => {
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  const { keyboard } = page;
  const heading = (name: string): Locator => page.getByRole('heading', { name, exact: true });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  await keyboard.press(transport === 'ipc' ? 'Control+Digit2' : 'Control+Shift+Digit2');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Profiles');

  await keyboard.press(transport === 'ipc' ? 'Control+n' : 'Alt+n');
  const creating = page.getByRole('dialog', { name: 'New profile' });
  await expect(creating.getByLabel('Search providers')).toBeFocused();
  await keyboard.type('openrouter');
  await expect(creating.getByRole('radio')).toHaveCount(1);
  await keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Key');
  await keyboard.type('sk-test-openrouter-0123456789');
  await keyboard.press('Enter');
  await expect(heading('openrouter')).toBeVisible();
  await expect.poll(home.config).toContain('sk-test-openrouter-0123456789');

  await tabTo(page, 'button', 'Edit');
  await keyboard.press('Enter');
  await expect(page.getByLabel('Base URL')).toBeFocused();
  await keyboard.press('Control+a');
  await keyboard.type('https://by-hand.test/api');
  await keyboard.press('Enter');
  await expect.poll(home.config).toContain('https://by-hand.test/api');

  const tree = page.getByRole('tree');
  await keyboard.press('Control+f');
  await expect(page.getByLabel('Search profiles')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(tree).toBeFocused();
  await keyboard.press('Home');
  await goToRow(page, 'openrouter');
  await keyboard.press('F2');
  const naming = page.getByRole('dialog', { name: 'Rename openrouter' });
  await expect(naming.getByLabel('Name')).toBeFocused();
  await keyboard.press('Control+a');
  await keyboard.type('by-hand');
  await keyboard.press('Enter');
  await expect(heading('by-hand')).toBeVisible();
  await expect.poll(home.config).toContain('by-hand-');

  // One that is not open: what is shown beside stays.
  await keyboard.press('Control+f');
  await keyboard.press('ArrowDown');
  await keyboard.press('Home');
  await goToRow(page, 'kimi');
  await keyboard.press('Delete');
  await expect.poll(home.config).not.toContain('sk-test-kimi');
  await expect(heading('by-hand')).toBeVisible();
  await expect(page.getByText('kimi deleted')).toBeVisible();
  await keyboard.press('Control+z');
  await expect.poll(home.config).toContain('sk-test-kimi');
  await expect(heading('kimi')).toBeVisible();
  await expect(page.getByText('kimi deleted')).toBeHidden();
});

test('walks through the history by arrow keys', async ({ openWindow, folder, transport }) => {
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  const { keyboard } = page;
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 profiles synced');
  home.profile('late', envOf('late'));
  await expect.poll(home.config).toContain('sk-test-late');
  await keyboard.press(transport === 'ipc' ? 'Control+Digit4' : 'Control+Shift+Digit4');
  const rows = page.getByRole('option');
  await expect(rows).toHaveCount(2);
  await tabTo(page, 'option', /late/);
  await keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await keyboard.press('Enter');
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('ArrowUp');
  await expect(rows.nth(0)).toBeFocused();
});
