import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openFaultyRemote } from '../../electron/testing/open-faulty-remote.ts';
import { layProxyHome } from '../../electron/testing/lay-proxy-home.ts';
import { needsCcs, needsProxy } from '../../electron/testing/requirements.ts';
import { runProxy } from '../../electron/testing/run-proxy.ts';
import { envOf, layOwnHome, type OwnHome } from '../../electron/testing/own-home.ts';
import { expect, test } from './window-test.ts';

const HOUR_MS = 3_600_000;
const CLAUDE = [
  { id: 'claude-sonnet-4-6', display_name: 'Claude 4.6 Sonnet', context_length: 200_000 },
  { id: 'claude-opus-9', display_name: 'Claude 9 Opus', context_length: 2_000_000 },
  { id: 'claude-haiku-9', display_name: 'Claude 9 Haiku', context_length: 100_000 },
];

/** A home whose proxy does not run, where CCS fetched Claude's models an hour ago. */
function layCatalogHome(folder: string): OwnHome {
  const home = layOwnHome(folder);
  home.write('model-catalog-cache.json', {
    providers: { claude: CLAUDE },
    fetchedAt: Date.now() - HOUR_MS,
  });
  return home;
}

/** Opens the catalog with Claude's models at the top of the list. */
async function openCatalog(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Catalog' }).press('Enter');
  await expect(page.getByRole('grid', { name: 'Models' })).toBeVisible();
  await page.getByRole('radio', { name: /^Claude/ }).press('Space');
}

/** Opens a list of choices by its button and takes one of them, by keys alone. */
async function choose(page: Page, button: Locator, name: string): Promise<void> {
  await button.press('Enter');
  const option = page.getByRole('option', { name, exact: true });
  await expect(option).toBeVisible();
  const choices = await page.getByRole('option').count();
  const isReached = async (): Promise<boolean> => (await option.getAttribute('data-highlighted')) !== null;
  // The list takes the keys a moment after it is seen.
  await expect(async () => {
    await page.keyboard.press('Home');
    for (let steps = 1; steps < choices && !(await isReached()); steps += 1)
      await page.keyboard.press('ArrowDown');
    expect(await isReached()).toBe(true);
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(option).toHaveCount(0);
}

/** The ids of the models in the order in which they stand. */
function shownIds(page: Page): Promise<readonly string[]> {
  return page
    .getByRole('grid')
    .locator('[data-index]')
    .evaluateAll((rows) =>
      rows
        .sort(
          (one, other) => Number(one.getAttribute('data-index')) - Number(other.getAttribute('data-index')),
        )
        .map((row) => row.querySelector('code')?.textContent ?? ''),
    );
}

test('finds a model by what is typed, its provider and a filter, and clears all of it', async ({
  openWindow,
  folder,
}) => {
  const { page } = await openWindow(layCatalogHome(folder).home);
  await openCatalog(page);
  await page.getByRole('searchbox', { name: 'Search models' }).fill('9 claude-op');
  await expect.poll(() => shownIds(page)).toEqual(['claude-opus-9']);
  await page.getByRole('radio', { name: /^OpenAI Codex/ }).press('Space');
  await expect(page.getByRole('heading', { name: 'No model matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).press('Enter');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.getByRole('button', { name: 'Filters' }).press('Enter');
  await choose(page, page.getByLabel(/^Context: /), '1M and more');
  await expect.poll(() => shownIds(page)).toEqual(['claude-opus-9']);
});

test('sorts by a column, says so, and goes back to the catalog’s order', async ({ openWindow, folder }) => {
  const { page } = await openWindow(layCatalogHome(folder).home);
  await openCatalog(page);
  const head = page.getByRole('columnheader', { name: 'Context' });
  const longest = ['claude-opus-9', 'claude-sonnet-4-6', 'claude-haiku-9'];
  await expect.poll(async () => (await shownIds(page)).slice(0, 3)).toEqual(CLAUDE.map(({ id }) => id));
  await head.getByRole('button').press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(async () => (await shownIds(page)).slice(0, 3)).toEqual(longest);
  await head.getByRole('button').press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await head.getByRole('button').press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'none');
  await expect.poll(async () => (await shownIds(page)).slice(0, 3)).toEqual(CLAUDE.map(({ id }) => id));
});

test('shows a model by keyboard and copies its id', async ({ openWindow, folder }) => {
  const { page, clipboard } = await openWindow(layCatalogHome(folder).home);
  await openCatalog(page);
  await page.getByRole('searchbox').fill('opus-9');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('heading', { name: 'Claude 9 Opus' })).toBeVisible();
  await expect(page.getByRole('grid')).toBeFocused();
  await expect(page.getByRole('cell', { name: '2,000,000 tokens' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy id' }).press('Enter');
  await expect.poll(clipboard).toBe('claude-opus-9');
});

test('puts a model into a profile by keyboard after showing what changes, and takes it back', async ({
  openWindow,
  folder,
}) => {
  const home = layCatalogHome(folder);
  const { page } = await openWindow(home.home);
  await openCatalog(page);
  await page.getByRole('searchbox').fill('opus-9');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: 'Use in profile…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Use Claude 9 Opus in a profile' });
  const save = dialog.getByRole('button', { name: 'Use it' });
  await expect(save).toHaveAttribute('aria-disabled', 'true');
  await choose(page, dialog.getByLabel('Profile: Choose…'), 'glm');
  await expect(dialog.getByRole('listitem')).toHaveText([/glm-large/, /claude-opus-9/]);
  await expect(dialog.getByText('glm asks glm.test, not Claude')).toBeVisible();
  // Somebody else writes the file meanwhile: nothing of theirs is lost.
  home.profile('glm', envOf('glm', { ANTHROPIC_MODEL: 'by-hand' }));
  await save.press('Enter');
  await expect(dialog.getByText('The file has changed meanwhile')).toBeVisible();
  await expect(dialog.getByRole('listitem')).toHaveText([/by-hand/, /claude-opus-9/]);
  await save.press('Enter');
  await expect(dialog).toBeHidden();
  expect(home.settingsOf('glm')).toContain('"ANTHROPIC_MODEL": "claude-opus-9"');
  await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter');
  await expect.poll(() => home.settingsOf('glm')).toContain('"ANTHROPIC_MODEL": "by-hand"');
});

test('says why nothing came, keeps what was there, and forgets it when asked, all by keyboard', async ({
  openWindow,
  folder,
}) => {
  const { page } = await openWindow(layCatalogHome(folder).home);
  await openCatalog(page);
  await expect(page.getByText(/^The proxy's own definitions, fetched 1 h ago/)).toBeVisible();
  await page.getByRole('button', { name: 'Refresh' }).press('Enter');
  await expect(page.getByText('Nothing came')).toBeVisible();
  await expect(page.getByText("The proxy isn't running")).toBeVisible();
  await expect(page.getByRole('grid').getByText('Claude 9 Opus')).toBeVisible();
  await page.getByRole('button', { name: 'More about the catalog' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Reset…' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).press('Enter');
  await expect(page.getByText(/^Built-in facts only/)).toBeVisible();
  await expect(page.getByRole('grid').getByText('Claude 9 Opus')).toHaveCount(0);
  await expect(page.getByRole('grid').getByText('Claude Opus 4.7')).toBeVisible();
});

test('keeps the focus and what is typed while the state changes', async ({ openWindow, folder }) => {
  const home = layCatalogHome(folder);
  const { page } = await openWindow(home.home);
  await openCatalog(page);
  const search = page.getByRole('searchbox');
  await search.fill('opus');
  home.profile('glm', envOf('glm', { ANTHROPIC_MODEL: 'new-model' }));
  await expect.poll(home.config).toContain('new-model');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('opus');
});

test('proposes models in a profile’s form, takes any text, and warns of what its provider lacks', async ({
  openWindow,
  folder,
}) => {
  const home = layCatalogHome(folder);
  home.profile('glm', envOf('glm', { ANTHROPIC_BASE_URL: 'https://api.anthropic.com' }));
  const { page } = await openWindow(home.home);
  await page.getByRole('link', { name: /^Profiles/ }).click();
  const tree = page.getByRole('tree');
  await expect(tree.getByText('Unknown: glm-large')).toBeVisible();
  await tree.getByText('glm', { exact: true }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const field = page.getByRole('combobox', { name: 'Model', exact: true });
  await field.fill('opus-9');
  await expect(page.getByRole('option')).toHaveText([/As typed: opus-9/, /claude-opus-9/]);
  await field.press('Enter');
  await expect(field).toHaveValue('opus-9');
  await expect(page.getByText('Claude has no model opus-9 by the catalog.')).toBeVisible();
  await field.fill('opus');
  await field.press('Escape');
  await expect(page.getByRole('option')).toHaveCount(0);
  await expect(field).toBeVisible();
  await field.fill('claude-op');
  await field.press('ArrowDown');
  await field.press('Enter');
  await expect(field).toHaveValue('claude-opus-9');
  await expect(page.getByText(/^Claude has no model claude/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => home.settingsOf('glm')).toContain('"ANTHROPIC_MODEL": "claude-opus-9"');
});

test('axe finds nothing in the catalog of a real service', async ({ openWindow, folder, transport }) => {
  const { page } = await openWindow(layCatalogHome(folder).home);
  await openCatalog(page);
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('grid').getByText('Claude 9 Opus').click();
  await expect(page.getByRole('heading', { name: 'Claude 9 Opus' })).toBeVisible();
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  // Electron can't open the second page that the builder works in otherwise.
  if (transport === 'ipc') axe.setLegacyMode(true);
  expect((await axe.analyze()).violations).toEqual([]);
});

const program = needsProxy();
const ccs = needsCcs();

test.describe('beside the real CLIProxyAPI and the real CCS', () => {
  test.skip(program === undefined || ccs === undefined);

  test('goes from built-in facts to the proxy’s own by a refresh, and CCS then shows it as synced', async ({
    openWindow,
    folder,
  }) => {
    const home = await layProxyHome(folder);
    const catalogOfCcs = async (): Promise<string> => {
      const env = { HOME: home.home, PATH: process.env['PATH'] ?? '', BROWSER: 'true', NO_COLOR: '1' };
      const args = [ccs ?? '', 'cliproxy', 'catalog'];
      return (await promisify(execFile)(process.execPath, args, { env })).stdout;
    };
    rmSync(join(home.ccsDirectory, 'model-catalog-cache.json'), { force: true });
    expect(await catalogOfCcs()).not.toContain('synced');
    const { page } = await openWindow(home.home);
    await page.getByRole('link', { name: 'Catalog' }).click();
    await expect(page.getByText(/^Built-in facts only/)).toBeVisible();
    await expect(page.getByText("The proxy isn't running")).toBeVisible();
    const proxy = await runProxy(program ?? '', home.configPath);
    try {
      await page.getByRole('button', { name: 'Refresh' }).click();
      await expect(page.getByText(/^Live: the proxy's own definitions/)).toBeVisible();
      await expect(page.getByText("The proxy isn't running")).toHaveCount(0);
      await page.getByRole('radio', { name: /^Claude/ }).check();
      await page.getByRole('grid').locator('[data-index]').first().click();
      await expect(page.getByRole('cell', { name: /^(proxy|both)$/ }).first()).toBeVisible();
      expect(await catalogOfCcs()).toContain('synced');
    } finally {
      await proxy.stop();
    }
  });
});

test('asks the server that is chosen, and one that is chosen while another does not answer', async ({
  openWindow,
  folder,
}) => {
  const key = 'sk-test-management-0123456789';
  const named = (id: string) => ({ key, definitions: { claude: [{ id, display_name: id }] } });
  const servers = {
    office: await openFaultyRemote(named('claude-of-office')),
    attic: await openFaultyRemote(named('claude-of-attic')),
  };
  const home = layCatalogHome(folder);
  const { page } = await openWindow(home.home);
  await page.getByRole('link', { name: 'Settings' }).click();
  for (const [name, { url }] of Object.entries(servers)) {
    await page.getByRole('button', { name: 'Add a server…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a server' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Address').fill(url);
    await dialog.getByLabel('Management key', { exact: true }).fill(key);
    await page.keyboard.press('Enter');
    for (const button of ['Next', 'Next', 'Add'])
      await dialog.getByRole('button', { name: button, exact: true }).click();
    await expect(dialog).toBeHidden();
  }
  await openCatalog(page);
  const from = page.getByLabel(/^From: /);
  await choose(page, from, 'office');
  await expect.poll(() => shownIds(page)).toContain('claude-of-office');
  await expect(from).toHaveAccessibleName('From: office');

  await servers.office.setFault({ kind: 'silent' });
  const asked = servers.office.requests.length;
  await page.getByRole('button', { name: 'Refresh' }).press('Enter');
  await expect
    .poll(() => servers.office.requests.slice(asked).some(({ path }) => path.includes('model-definitions')))
    .toBe(true);
  // Of two that wait none is lost.
  await choose(page, from, 'Local proxy');
  await choose(page, from, 'attic');
  await expect(from).toHaveAccessibleName('From: attic');
  await servers.office.setFault({ kind: 'refuse' });
  await expect.poll(() => shownIds(page)).toContain('claude-of-attic');
  await expect(from).toHaveAccessibleName('From: attic');
  for (const server of Object.values(servers)) server.close();
});
