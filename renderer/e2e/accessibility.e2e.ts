import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from '@playwright/test';
import type { Problems } from '../../electron/e2e/problems.ts';
import { layFixtureHome } from '../../electron/testing/lay-ccs-home.ts';
import { type Look, LOOKS, openScene } from './open-scene.ts';
import { type Scene, STATE_SCENES, VIEW_SCENES } from './scenes.ts';
import { TARGET_SCENES, TARGET_STATE_SCENES } from './target-scenes.ts';
import { expect, test } from './window-test.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PLAIN: Look = { language: 'en', theme: 'light', size: 'small' };
const DARK: Look = { ...PLAIN, theme: 'dark' };
/** Each test takes seconds: the whole matrix is looked at with `NIGHTLY=1`. */
const IS_NIGHTLY = process.env['NIGHTLY'] === '1';
const VIEW_LOOKS: readonly Look[] = IS_NIGHTLY
  ? LOOKS
  : [PLAIN, DARK, { language: 'zh', theme: 'light', size: 'zoomed' }];
/** The states have red, amber and grey of their own in each theme. */
const STATE_LOOKS: readonly Look[] = IS_NIGHTLY ? LOOKS : [PLAIN, DARK];

// The fixtures are served over HTTP.
test.describe('axe finds nothing by WCAG 2.2 A and AA', { tag: '@http' }, () => {
  test.describe.configure({ mode: 'parallel' });
  for (const [scenes, looks] of [
    [[...VIEW_SCENES, ...TARGET_SCENES], VIEW_LOOKS],
    [[...STATE_SCENES, ...TARGET_STATE_SCENES], STATE_LOOKS],
  ] as const)
    for (const look of looks)
      for (const scene of scenes)
        test(`in ${scene.name}, ${look.size}, ${look.theme}, ${look.language}`, async ({
          startBrowser,
          problems,
        }) => {
          await inspect(await startBrowser(), { scene, look, problems });
        });
});

test('axe finds nothing in the views of a real service', async ({ openWindow, folder, transport }) => {
  const { page } = await openWindow(layFixtureHome(folder).home);
  for (const hash of [
    '#/overview',
    '#/overview?preview',
    '#/profiles/glm',
    '#/catalog',
    '#/history',
    '#/settings',
  ]) {
    await page.evaluate((next) => void (location.hash = next), hash);
    await page.getByRole('heading').first().waitFor();
    const axe = new AxeBuilder({ page }).withTags(RULES);
    // Electron can't open the second page that the builder works in otherwise.
    if (transport === 'ipc') axe.setLegacyMode(true);
    expect((await axe.analyze()).violations, hash).toEqual([]);
  }
});

interface Inspection {
  readonly scene: Scene;
  readonly look: Look;
  readonly problems: Problems;
}

async function inspect(browser: Browser, { scene, look, problems }: Inspection): Promise<void> {
  const { page, close } = await openScene(browser, scene, look);
  if (scene.lost === true) problems.allow(/Failed to load resource|ERR_/);
  problems.watch(page.context());
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(found).toEqual([]);
  await close();
}
