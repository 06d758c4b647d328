import type { Page } from '@playwright/test';
import { profile } from '../../electron/testing/glance-profiles.ts';
import { GLANCE_NOW_MS, GLANCE_STATE_NAMES, GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { err, ok } from '../../shared/result.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { FixtureAnswers } from './fixture-answers.ts';
import { fixtureCatalog, hugeCatalog } from './fixture-catalog.ts';

/** A place of the window in a state: what `npm run shots` photographs and axe looks at. */
export interface Scene {
  readonly name: string;
  /** Null: the service has not said anything yet. */
  readonly state: AppState | null;
  readonly hash: string;
  readonly answers?: FixtureAnswers;
  /** What a person does before the picture; by roles, so that it holds in each language. */
  readonly act?: (page: Page) => Promise<void>;
  /** The service is gone when the picture is taken. */
  readonly lost?: true;
}

const { synced, mixed, empty, thousand, review } = GLANCE_STATES;
const FAILING: FixtureAnswers = {
  'history.list': () =>
    err({ code: 'state-unusable', path: '/home/ana/.local/state/cliproxy-sync', reason: 'EACCES' }),
  'profiles.get': () => err({ code: 'unknown-profile', name: 'glm' }),
  'sync.preview': () =>
    err({
      code: 'target-refused',
      path: '/home/ana/.ccs/cliproxy/config.yaml',
      refusal: { code: 'duplicate-key', line: 41, column: 1, detail: 'port' },
    }),
  'presets.list': () => err({ code: 'service-gone' }),
  'catalog.get': () => err({ code: 'service-gone' }),
};

/** The catalog where nothing is well: old, no key, one provider failed, a cache that was set aside. */
const TROUBLED: AppState = {
  ...synced,
  catalog: fixtureCatalog({
    origin: { kind: 'stale', fetchedMs: GLANCE_NOW_MS - 50 * 3_600_000, from: null },
    fault: 'no-key',
    failed: [{ provider: 'codex', why: 'no-answer' }],
    cacheProblem: {
      code: 'broken',
      path: '/home/ana/.ccs/cache/model-catalog-cache.json',
      keptAs: '/home/ana/.ccs/cache/model-catalog-cache.json.broken-1',
    },
  }).state,
};
const STATIC: AppState = {
  ...synced,
  catalog: fixtureCatalog({ origin: { kind: 'static' }, fault: 'not-running' }).state,
};
/** Just fetched by the service that runs; and the first time that it asks. */
const LIVE: AppState = {
  ...synced,
  catalog: fixtureCatalog({
    origin: { kind: 'live', fetchedMs: GLANCE_NOW_MS - 2 * 60_000, from: null },
  }).state,
};
const REFRESHING: AppState = {
  ...synced,
  catalog: fixtureCatalog({ origin: { kind: 'static' }, refreshing: true }).state,
};
/** What keeps the cache from being read, or from being written. */
const UNREADABLE: AppState = {
  ...synced,
  catalog: fixtureCatalog({
    origin: { kind: 'static' },
    cacheProblem: { code: 'unreadable', path: '/home/ana/.ccs/model-catalog-cache.json', reason: 'EACCES' },
  }).state,
};
const UNWRITABLE: AppState = {
  ...synced,
  catalog: fixtureCatalog({
    origin: { kind: 'live', fetchedMs: GLANCE_NOW_MS - 2 * 60_000, from: null },
    cacheProblem: { code: 'unwritable', path: '/home/ana/.ccs/model-catalog-cache.json', reason: 'EROFS' },
  }).state,
};
/** The catalog of a remote server, which refuses the key by now. */
const OF_OFFICE: AppState = {
  ...GLANCE_STATES.offline,
  catalog: fixtureCatalog({
    origin: { kind: 'cached', fetchedMs: GLANCE_NOW_MS - 5 * 3_600_000, from: 'office' },
    asks: { id: 'office', name: 'office' },
    fault: 'refused',
  }).state,
};

/** A profile of the catalog's own provider names a model that is deprecated there. */
const ANTHROPIC = profile('anthropic');
const TROUBLED_MODEL: AppState = {
  ...synced,
  profiles: [
    {
      ...ANTHROPIC,
      entry: ANTHROPIC.entry && {
        ...ANTHROPIC.entry,
        baseUrl: 'https://api.anthropic.com',
        models: ['claude-sonnet-4-5-20250929', 'claude-opus-4-6'],
      },
    },
    ...synced.profiles,
  ],
};

/** Requests to a base URL that ends in /v1 go astray: on its row, on its page and on the field. */
const OPENROUTER = profile('openrouter');
const RISKY: AppState = {
  ...synced,
  profiles: [
    {
      ...OPENROUTER,
      entry: OPENROUTER.entry && { ...OPENROUTER.entry, baseUrl: 'https://openrouter.ai/api/v1' },
      risks: ['ends-in-v1'],
    },
    ...synced.profiles.filter(({ name }) => name !== 'openrouter'),
  ],
};

/** The Overview in each row of the tray's table. */
export const STATE_SCENES: readonly Scene[] = GLANCE_STATE_NAMES.map((name) => ({
  name: `overview-${name}`,
  state: GLANCE_STATES[name],
  hash: '#/overview',
}));

/** Every view, with something in it, with nothing, while it loads, and where it fails. */
export const VIEW_SCENES: readonly Scene[] = [
  { name: 'overview', state: synced, hash: '#/overview' },
  { name: 'overview-loading', state: null, hash: '#/overview' },
  { name: 'overview-lost', state: synced, hash: '#/overview', lost: true },
  { name: 'preview', state: review, hash: '#/overview?preview' },
  { name: 'preview-nothing', state: synced, hash: '#/overview?preview' },
  { name: 'preview-error', state: synced, hash: '#/overview?preview', answers: FAILING },
  { name: 'profiles', state: mixed, hash: '#/profiles' },
  { name: 'profiles-empty', state: empty, hash: '#/profiles' },
  { name: 'profiles-loading', state: null, hash: '#/profiles' },
  { name: 'profiles-thousand', state: thousand, hash: '#/profiles' },
  { name: 'profile', state: mixed, hash: '#/profiles/glm' },
  { name: 'profile-skipped', state: mixed, hash: '#/profiles/qwen' },
  { name: 'profile-gone', state: mixed, hash: '#/profiles/nowhere', answers: FAILING },
  { name: 'catalog', state: synced, hash: '#/catalog' },
  { name: 'catalog-loading', state: null, hash: '#/catalog' },
  { name: 'catalog-error', state: synced, hash: '#/catalog', answers: FAILING },
  { name: 'catalog-troubled', state: TROUBLED, hash: '#/catalog' },
  { name: 'catalog-static', state: STATIC, hash: '#/catalog/claude/claude-opus-4-7' },
  { name: 'catalog-live', state: LIVE, hash: '#/catalog' },
  { name: 'catalog-refreshing', state: REFRESHING, hash: '#/catalog' },
  { name: 'catalog-unreadable', state: UNREADABLE, hash: '#/catalog' },
  { name: 'catalog-unwritable', state: UNWRITABLE, hash: '#/catalog' },
  { name: 'catalog-remote', state: OF_OFFICE, hash: '#/catalog' },
  { name: 'catalog-model', state: synced, hash: '#/catalog/claude/claude-opus-4-6' },
  { name: 'catalog-broken', state: synced, hash: '#/catalog/codex/gpt-5.3-codex-spark' },
  { name: 'catalog-gone', state: synced, hash: '#/catalog/codex/gpt-3' },
  {
    name: 'catalog-thousands',
    state: synced,
    hash: '#/catalog',
    answers: { 'catalog.get': () => ok(hugeCatalog(5_000)) },
  },
  {
    name: 'catalog-filters',
    state: synced,
    hash: '#/catalog',
    act: async (page) => {
      await page.locator('main button[aria-expanded][aria-controls]').click();
    },
  },
  {
    name: 'catalog-nothing',
    state: synced,
    hash: '#/catalog',
    act: async (page) => {
      await page.getByRole('searchbox').fill('no such model');
    },
  },
  {
    name: 'catalog-use',
    state: synced,
    hash: '#/catalog/claude/claude-opus-4-6',
    act: async (page) => {
      await page.locator('#model-head').locator('xpath=../..').locator('p > button').last().click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('.select').first().click();
      await page.getByRole('option').first().click();
      await dialog.getByRole('listitem').first().waitFor();
    },
  },
  { name: 'profile-risk', state: RISKY, hash: '#/profiles/openrouter' },
  {
    name: 'profile-risk-field',
    state: RISKY,
    hash: '#/profiles/openrouter',
    act: async (page) => {
      await page.locator('#profile-head').waitFor();
      await page.locator('main button:has(svg.lucide-pencil)').first().click();
    },
  },
  {
    name: 'profile-model-warning',
    state: TROUBLED_MODEL,
    hash: '#/profiles/anthropic',
  },
  {
    name: 'profile-model-choice',
    state: TROUBLED_MODEL,
    hash: '#/profiles/anthropic',
    act: async (page) => {
      await page.locator('#profile-head').waitFor();
      await page.locator('main button:has(svg.lucide-pencil)').first().click();
      await page.getByRole('combobox').first().press('ArrowDown');
      await page.getByRole('option').first().waitFor();
    },
  },
  { name: 'history', state: synced, hash: '#/history' },
  { name: 'history-record', state: synced, hash: '#/history/12' },
  { name: 'history-empty', state: empty, hash: '#/history' },
  { name: 'history-loading', state: null, hash: '#/history' },
  { name: 'history-error', state: synced, hash: '#/history', answers: FAILING },
  { name: 'settings', state: synced, hash: '#/settings' },
  { name: 'settings-loading', state: null, hash: '#/settings' },
  {
    name: 'palette',
    state: synced,
    hash: '#/overview',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
];
