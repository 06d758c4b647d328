import { layProxyHome } from '../testing/lay-proxy-home.ts';
import { expect, test } from './desktop-test.ts';
import type { Panel } from './panel.ts';

const ROW = '1 profile uses an unknown model';

async function labels(panel: Panel): Promise<readonly string[]> {
  return (await panel.menu()).map(({ label }) => label);
}

function envWith(model: string): Readonly<Record<string, string>> {
  return {
    ANTHROPIC_BASE_URL: 'https://api.anthropic.com',
    ANTHROPIC_AUTH_TOKEN: 'sk-test-direct-0123456789',
    ANTHROPIC_MODEL: model,
  };
}

test('tells of a model to look at in a quiet row, only where that was asked for', async ({
  folder,
  panel,
  launch,
}) => {
  const home = await layProxyHome(folder);
  home.write('model-catalog-cache.json', {
    providers: { claude: [{ id: 'claude-opus-9' }] },
    fetchedAt: Date.now(),
  });
  home.profile('direct', envWith('claude-opus-99'));
  const desktop = await launch({ home: home.home });
  await panel.item();
  await expect.poll(() => panel.tooltip()).toMatch(/^6 profiles synced/);
  const icon = (await panel.item()).IconPixmap[0]?.sha256;
  expect(await labels(panel)).not.toContain(ROW);

  const page = await desktop.window();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('switch', { name: 'Warn of models in the tray' }).click();
  await expect.poll(() => labels(panel)).toContain(ROW);
  expect((await panel.item()).IconPixmap[0]?.sha256).toBe(icon);
  expect((await labels(panel))[0]).toMatch(/^6 profiles synced/);

  await panel.click(ROW);
  await expect(page.getByRole('heading', { name: 'direct' })).toBeVisible();
  home.profile('direct', envWith('claude-opus-9'));
  await expect.poll(() => labels(panel)).not.toContain(ROW);
  home.profile('direct', envWith('claude-opus-99'));
  await expect.poll(() => labels(panel)).toContain(ROW);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('switch', { name: 'Warn of models in the tray' }).click();
  await expect.poll(() => labels(panel)).not.toContain(ROW);
});
