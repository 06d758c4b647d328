import { type Browser, test as base } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { needsBrowser } from '../../electron/testing/desktop-requirements.ts';
import { launchBrowser } from './browser.ts';
import { type Look, LOOKS, openScene } from './open-scene.ts';
import { STATE_SCENES, VIEW_SCENES } from './scenes.ts';
import { TARGET_SCENES, TARGET_STATE_SCENES } from './target-scenes.ts';

/** `SHOTS` names the folder; `SHOTS_ONLY` a part of the names of those that are wanted. */
const FOLDER = resolve(process.env['SHOTS'] ?? 'shots');
const ONLY = process.env['SHOTS_ONLY'] ?? '';

const test = base.extend<object, { readonly chromium: Browser }>({
  chromium: [
    async ({}, use) => {
      const browser = await launchBrowser(needsBrowser());
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});

const PLAIN: readonly Look[] = [
  { language: 'en', theme: 'light', size: 'small' },
  { language: 'en', theme: 'dark', size: 'small' },
];

for (const [scenes, looks] of [
  [[...VIEW_SCENES, ...TARGET_SCENES], LOOKS],
  [[...STATE_SCENES, ...TARGET_STATE_SCENES], PLAIN],
] as const) {
  for (const look of looks) {
    const variant = `${look.size}-${look.theme}-${look.language}`;
    for (const scene of scenes) {
      if (!`${variant}/${scene.name}`.includes(ONLY)) continue;
      test(`${variant}/${scene.name}`, async ({ chromium }) => {
        const { page, close } = await openScene(chromium, scene, look);
        mkdirSync(join(FOLDER, variant), { recursive: true });
        await page.screenshot({ path: join(FOLDER, variant, `${scene.name}.png`), caret: 'initial' });
        await close();
      });
    }
  }
}
