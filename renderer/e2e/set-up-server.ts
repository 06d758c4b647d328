import type { Locator, Page } from '@playwright/test';
import type { FaultyRemote } from '../../electron/testing/open-faulty-remote.ts';
import { expect } from './window-test.ts';

/** The management key that the scripted servers take. */
export const REMOTE_KEY = 'sk-test-management-0123456789';

/** The dialog, filled in by keyboard alone: name, address, where the key is kept (as it is), key. */
export async function fillServer(
  page: Page,
  server: { readonly url: string; readonly key: string },
): Promise<void> {
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
export async function finishServer(page: Page): Promise<void> {
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
export async function setUpServer(page: Page, remote: FaultyRemote): Promise<Locator> {
  await fillServer(page, { url: remote.url, key: REMOTE_KEY });
  await finishServer(page);
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  const card = page.getByRole('region', { name: 'Office' });
  await expect(card).toContainText('In sync');
  return card;
}

/** The prefixes of all that a server holds. */
export function prefixesOn(remote: FaultyRemote): readonly unknown[] {
  return remote.entries().map(({ prefix }) => prefix);
}
