import type { Page } from '@playwright/test';
import { openScriptedServer } from '../../electron/testing/open-scripted-server.ts';
import { openUpstream } from '../../electron/testing/open-upstream.ts';
import { envOf, layOwnHome } from '../../electron/testing/own-home.ts';
import { expect, test } from './window-test.ts';

async function openProfile(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: /^Profiles/ }).click();
  await page.getByRole('main').getByText(name, { exact: true }).first().click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
}

async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('creates a profile from a preset, and one from nothing', async ({ openWindow, folder }) => {
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  await page.getByRole('link', { name: /^Profiles/ }).click();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New profile' });
  await dialog.getByLabel('Search providers').pressSequentially('openrouter');
  await dialog
    .getByRole('radio', { name: /OpenRouter/ })
    .first()
    .check();
  await expect(dialog.getByLabel('Base URL')).toHaveValue(/openrouter/);
  await dialog.getByLabel('Key', { exact: true }).fill('sk-test-openrouter-0123456789');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(home.config).toContain('sk-test-openrouter-0123456789');
  await expect(page.getByRole('heading', { name: 'openrouter' })).toBeVisible();

  await page.getByRole('button', { name: 'New', exact: true }).click();
  await dialog.getByRole('radio', { name: /^Blank/ }).check();
  await dialog.getByLabel('Name', { exact: true }).fill('own');
  await dialog.getByLabel('Key', { exact: true }).fill('sk-test-own-0123456789');
  await dialog.getByLabel('Base URL').fill('https://own.test/api');
  await dialog.getByLabel('Model', { exact: true }).fill('own-large');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(home.config).toContain('https://own.test/api');
});

test('edits a profile by its form, and refuses what can’t be right', async ({ openWindow, folder }) => {
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  await openProfile(page, 'glm');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Base URL').fill('no address');
  await expect(page.getByText('Not an http or https address')).toBeVisible();
  await page.getByLabel('Base URL').fill('https://other.test/api');
  await page.getByLabel('Model', { exact: true }).fill('glm-next');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(home.config).toContain('https://other.test/api');
  expect(home.settingsOf('glm')).toContain('glm-next');
  expect(home.settingsOf('glm')).toContain('sk-test-glm-0123456789');
});

test('edits the raw text: a marker that stays keeps the key, a moved one is refused', async ({
  openWindow,
  folder,
}) => {
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  await openProfile(page, 'glm');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('radio', { name: 'JSON' }).check();
  const text = page.getByLabel('Settings file');
  const shown = await text.inputValue();
  expect(shown).toContain('‹kept …6789›');
  expect(shown).not.toContain('sk-test-glm');
  await text.fill(shown.replace('glm-large', 'glm-raw'));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => home.settingsOf('glm')).toContain('glm-raw');
  expect(home.settingsOf('glm')).toContain('sk-test-glm-0123456789');

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('radio', { name: 'JSON' }).check();
  const before = home.settingsOf('glm');
  const again = await text.inputValue();
  const moved = again
    .replace('"glm-raw"', '"‹kept …6789›"')
    .replace(/("ANTHROPIC_AUTH_TOKEN": )"[^"]*"/, '$1"x"');
  await text.fill(moved);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  expect(home.settingsOf('glm')).toBe(before);
});

test('renames, duplicates and deletes a profile, and brings the deleted one back', async ({
  openWindow,
  folder,
}) => {
  const home = layOwnHome(folder);
  const { page } = await openWindow(home.home);
  await openProfile(page, 'kimi');
  await choose(page, 'kimi', 'Duplicate…');
  const duplicate = page.getByRole('dialog', { name: 'Duplicate kimi' });
  await duplicate.getByLabel('Name').fill('kimi-two');
  await duplicate.getByRole('button', { name: 'Duplicate' }).click();
  await expect(page.getByRole('heading', { name: 'kimi-two' })).toBeVisible();
  await expect.poll(home.config).toContain('kimi-two-');

  await choose(page, 'kimi-two', 'Rename…');
  const rename = page.getByRole('dialog', { name: 'Rename kimi-two' });
  await rename.getByLabel('Name').fill('moon');
  await rename.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByRole('heading', { name: 'moon' })).toBeVisible();
  await expect.poll(home.config).not.toContain('kimi-two-');

  await choose(page, 'moon', 'Delete');
  await expect.poll(home.config).not.toContain('moon-');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(home.config).toContain('moon-');

  await expect(page.getByRole('heading', { name: 'moon' })).toBeVisible();
  await choose(page, 'moon', 'Delete');
  await expect.poll(home.config).not.toContain('moon-');
  await expect(page.getByText('moon deleted')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect.poll(home.config).toContain('moon-');
  await expect(page.getByText('moon deleted')).toBeHidden();
});

// In Electron main asks: electron/e2e/lifecycle-unsaved.e2e.ts.
test(
  'asks before a closed page takes along what was typed',
  { tag: '@http' },
  async ({ openWindow, folder }) => {
    const { page } = await openWindow(layOwnHome(folder).home);
    await openProfile(page, 'glm');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const model = page.getByLabel('Model', { exact: true });
    await model.fill('glm-typed');
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await expect(model).toHaveValue('glm-typed');

    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await expect(model).toBeHidden();
    const closed = page.waitForEvent('close');
    await page.close({ runBeforeUnload: true });
    await closed;
  },
);

test('shows a key on purpose, hides it after 30 seconds, and copies it', async ({ openWindow, folder }) => {
  const { page, clipboard } = await openWindow(layOwnHome(folder).home);
  await openProfile(page, 'glm');
  await expect(page.getByRole('main')).toContainText('…6789');
  await page.clock.install();
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(page.getByText('sk-test-glm-0123456789')).toBeVisible();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(clipboard).toBe('sk-test-glm-0123456789');
  await page.clock.runFor(31_000);
  await expect(page.getByText('sk-test-glm-0123456789')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Reveal' })).toBeVisible();
});

test('tests a connection: it works, is refused, or reaches nothing', async ({ openWindow, folder }) => {
  const home = layOwnHome(folder, []);
  const upstream = await openUpstream();
  const refusing = await openScriptedServer({
    '*': (_request, response) => response.writeHead(401).end('{}'),
  });
  const url = (name: string, base: string): void =>
    void home.profile(name, envOf(name, { ANTHROPIC_BASE_URL: base }));
  url('works', upstream.url);
  url('refused', `http://127.0.0.1:${refusing.port}`);
  url('nobody', 'http://127.0.0.1:1');
  const { page } = await openWindow(home.home);
  for (const [name, words] of [
    ['works', 'It works'],
    ['refused', 'The provider refused the key'],
    ['nobody', 'The provider can’t be reached'],
  ] as const) {
    await openProfile(page, name);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByRole('main')).toContainText(words.replace('’', "'"));
  }
  upstream.close();
  refusing.close();
});

test('says why profiles are skipped, and takes one out and in again', async ({ openWindow, folder }) => {
  const home = layOwnHome(folder);
  home.profile('keyless', { ANTHROPIC_BASE_URL: 'https://keyless.test', ANTHROPIC_MODEL: 'one' });
  home.write('broken.settings.json', '{ not json');
  const { page } = await openWindow(home.home);
  await page.getByRole('link', { name: /^Profiles/ }).click();
  const main = page.getByRole('main');
  await expect(main).toContainText('Needs you');
  await expect(main).toContainText('No key');
  await expect(main).toContainText('Unreadable');
  await expect.poll(home.config).toContain('glm-');
  await openProfile(page, 'glm');
  await choose(page, 'glm', 'Exclude from sync');
  await expect.poll(home.config).not.toContain('sk-test-glm');
  await expect(main).toContainText('Not for this proxy');
  await choose(page, 'glm', 'Include again');
  await expect.poll(home.config).toContain('sk-test-glm');
});

test('stays fluid with 1,000 profiles: only what is seen is drawn', async ({ openWindow, folder }) => {
  test.setTimeout(120_000);
  const names = Array.from({ length: 1000 }, (_, index) => `team-${String(index).padStart(4, '0')}`);
  const home = layOwnHome(folder, names);
  const { page } = await openWindow(home.home);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/^1.?000 profiles synced/, {
    timeout: 60_000,
  });
  await page.getByRole('link', { name: /^Profiles/ }).click();
  await expect(page.getByText('team-0000', { exact: true }).first()).toBeVisible();
  expect(await page.getByText(/^team-\d{4}$/).count()).toBeLessThan(100);
  await page.getByLabel('Search profiles').fill('0987');
  await expect(page.getByText('team-0987', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('team-0000', { exact: true })).toHaveCount(0);
});
