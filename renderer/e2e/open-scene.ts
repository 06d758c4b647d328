import type { Browser, Page } from '@playwright/test';
import { GLANCE_NOW_MS } from '../../electron/testing/glance-states.ts';
import { ok } from '../../shared/result.ts';
import { DEFAULT_SETTINGS } from '../../shared/schema/settings.ts';
import type { FixtureAnswers } from './fixture-answers.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';
import type { Scene } from './scenes.ts';

/** How a scene is looked at. */
export interface Look {
  readonly language: 'en' | 'zh';
  readonly theme: 'light' | 'dark';
  readonly size: 'small' | 'large' | 'zoomed';
}

/** Every way in which a scene can be looked at. */
export const LOOKS: readonly Look[] = (['en', 'zh'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['small', 'large', 'zoomed'] as const).map((size) => ({ language, theme, size })),
  ),
);

/** In CSS pixels. `zoomed` is 200 % in the smallest window. */
const SIZES = {
  small: { viewport: { width: 900, height: 600 }, deviceScaleFactor: 1 },
  large: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
  zoomed: { viewport: { width: 450, height: 300 }, deviceScaleFactor: 2 },
} as const;

export interface OpenScene {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** Shows a scene in a browser, at the moment at which the fixtures hold, once it stands still. */
export async function openScene(browser: Browser, scene: Scene, look: Look): Promise<OpenScene> {
  const server = await startFixtureServer(null);
  const context = await browser.newContext({
    ...SIZES[look.size],
    locale: look.language === 'zh' ? 'zh-CN' : 'en-US',
    timezoneId: 'UTC',
    colorScheme: look.theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.install({ time: GLANCE_NOW_MS });
  if (scene.state !== null) server.show(scene.state, { ...inLanguage(look), ...scene.answers });
  await page.goto(`${server.url}${scene.hash}`);
  await settle(page, scene, server);
  await scene.act?.(page);
  await server.quiet();
  await page.clock.runFor(500);
  return {
    page,
    close: async () => {
      await context.close();
      await server.close();
    },
  };
}

/** Waits for what the scene is about; that the server is quiet does not say that its answer is drawn. */
async function settle(page: Page, scene: Scene, server: FixtureServer): Promise<void> {
  await page.getByRole('main').waitFor();
  if (scene.hash.includes('?preview')) await page.getByRole('dialog').waitFor();
  await server.quiet();
  // Before the first look the places that are kept are what the scene is about.
  if (scene.state !== null && scene.state.activity.kind !== 'starting') await drawn(page);
  // What only lasts is shown after 300 ms.
  await page.clock.runFor(1_000);
  if (scene.lost !== true) return;
  server.vanish();
  // It tries to connect once more before it says so.
  await page.clock.runFor(1_000);
  await page.getByRole('alert').waitFor();
  await server.quiet();
  await page.clock.runFor(1_000);
}

/** Nothing holds a place any more for what is still to come. */
async function drawn(page: Page): Promise<void> {
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}

function inLanguage({ language }: Look): FixtureAnswers {
  const settings = { ...DEFAULT_SETTINGS, language };
  return { 'settings.get': () => ok(settings) };
}
