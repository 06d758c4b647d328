import type { Page } from '@playwright/test';
import { profile } from '../../electron/testing/glance-profiles.ts';
import { GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { REMOTE_STATES } from '../../electron/testing/remote-states.ts';
import { ok } from '../../shared/result.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { FixtureAnswers } from './fixture-answers.ts';
import { startFixtureServer } from './fixture-server.ts';
import { expect, SMALLEST, test as windowTest } from './window-test.ts';

/** Opens the window on a scripted service, in a browser. */
type OpenOn = (
  state: AppState,
  answers?: FixtureAnswers,
) => Promise<{
  readonly page: Page;
  readonly show: (state: AppState, answers?: FixtureAnswers) => void;
}>;

const test = windowTest.extend<{ readonly openOn: OpenOn }>({
  openOn: async ({ startBrowser, problems }, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use(async (state, answers = {}) => {
      const server = await startFixtureServer(null);
      server.show(state, answers);
      const context = await (await startBrowser()).newContext({ viewport: SMALLEST, locale: 'en-US' });
      problems.watch(context);
      ends.push(() => context.close().then(() => server.close()));
      const page = await context.newPage();
      await page.goto(server.url);
      await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('');
      return { page, show: (next, given) => server.show(next, given) };
    });
    for (const end of ends) await end();
  },
});

const NO_PLAN = { operations: [], skipped: [], held: [], warnings: [], consent: [] };
const { synced } = GLANCE_STATES;

function report(target: string, over: Partial<SyncReport> = {}): SyncReport {
  return {
    outcome: 'in-sync',
    target: { id: target, path: '' },
    created: null,
    syncable: 5,
    plan: NO_PLAN,
    record: null,
    proxy: null,
    ...over,
  };
}

// The fixtures are served over HTTP.
test.describe('the window', { tag: '@http' }, () => {
  test('opens the review of a server that a sync of all found to wait for a person', async ({ openOn }) => {
    const { page } = await openOn(REMOTE_STATES['first-sync'], {
      'sync.run': ({ target = 'local' }) =>
        ok(report(target, { outcome: target === 'local' ? 'in-sync' : 'needs-consent' })),
    });
    await page.getByRole('button', { name: 'Sync now', exact: true }).click();
    const review = page.getByRole('dialog', { name: 'Preview changes' });
    await expect(review).toBeVisible();
    await expect(page).toHaveURL(/preview&target=office/);
  });

  test('takes the result of a sync away once something waits again', async ({ openOn }) => {
    const { page, show } = await openOn(synced, { 'sync.run': () => ok(report('local')) });
    await page.getByRole('button', { name: 'Sync now' }).click();
    await expect(page.getByText('Nothing to do')).toBeVisible();
    show({ ...GLANCE_STATES['auto-sync-off'], revision: synced.revision + 1 });
    await expect(page.getByText('Nothing to do')).toHaveCount(0);
  });

  test('begins each view at its top', async ({ openOn }) => {
    const { page } = await openOn(synced);
    await page.getByRole('link', { name: /^Settings/ }).click();
    await page.getByRole('heading', { name: 'Diagnostics', exact: true }).scrollIntoViewIfNeeded();
    await expect.poll(() => scrolled(page)).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await expect(page.getByRole('switch', { name: 'Auto-sync' })).toBeVisible();
    expect(await scrolled(page)).toBe(0);
  });

  test('goes by keyboard from a search to the first profile found, and opens it', async ({ openOn }) => {
    const { page } = await openOn({
      ...synced,
      profiles: ['albb', 'glm', 'glm-two'].map((name) => ({ ...profile(name), entry: profile('glm').entry })),
    });
    await page.keyboard.press('Control+Shift+2');
    const tree = page.getByRole('tree');
    await expect(tree).toBeFocused();
    await expect(activeRow(page)).toContainText('albb');
    await page.keyboard.press('/');
    await expect(page.getByLabel('Search profiles')).toBeFocused();
    await page.keyboard.type('glm');
    await page.keyboard.press('ArrowDown');
    await expect(tree).toBeFocused();
    await expect(activeRow(page)).toContainText('glm');
    await expect(activeRow(page)).not.toContainText('glm-two');
    await page.keyboard.press('/');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'glm', exact: true })).toBeVisible();
    await page.keyboard.press('Control+Shift+5');
    await expect(page.getByRole('main')).toBeFocused();
  });

  test('replaces the name of a profile by what is typed', async ({ openOn }) => {
    const { page } = await openOn(synced);
    await page.goto(`${page.url().split('#')[0] ?? ''}#/profiles/glm`);
    await page.getByRole('button', { name: 'More for glm' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    const name = page.getByRole('dialog').getByLabel('Name');
    await expect(name).toBeFocused();
    await page.keyboard.type('moon');
    await expect(name).toHaveValue('moon');
  });

  test('offers the same about a server on its card and in Settings, and says that it was removed', async ({
    openOn,
  }) => {
    const state = REMOTE_STATES['in-sync'];
    const { page } = await openOn(state, { 'targets.remove': () => ok({}) });
    for (const view of ['Overview', 'Settings']) {
      await page.getByRole('link', { name: view, exact: true }).click();
      await page.getByRole('button', { name: 'More for office' }).click();
      const items = page.getByRole('menuitem');
      await expect(items).toHaveText(['Edit…', 'Its changes', 'Remove…']);
      await page.keyboard.press('Escape');
      await expect(items).toHaveCount(0);
    }
    await page.getByRole('button', { name: 'More for office' }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(page.getByText('office was removed, and its entries were taken out.')).toBeVisible();
  });

  test('refreshes the catalog, adds a server and goes to Diagnostics from the palette', async ({
    openOn,
  }) => {
    const { page } = await openOn(synced);
    const run = async (command: string): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Commands' }).getByRole('option', { name: command }).click();
    };
    await run('Refresh the model catalog');
    await expect(page.getByText('Refreshed')).toBeVisible();
    await run('Go to Diagnostics');
    await expect(page.getByRole('heading', { name: 'Diagnostics', exact: true })).toBeInViewport();
    await run('Add a server…');
    await expect(page.getByRole('dialog', { name: 'Add a server' })).toBeVisible();
  });
});

function scrolled(page: Page): Promise<number> {
  return page.locator('main > .view').evaluate(({ scrollTop }) => scrollTop);
}

function activeRow(page: Page): ReturnType<Page['locator']> {
  return page.locator('.tree-row.active');
}
