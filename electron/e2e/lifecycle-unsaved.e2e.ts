import type { Page } from '@playwright/test';
import { layOwnHome } from '../testing/own-home.ts';
import type { Desktop } from './desktop.ts';
import { expect, test } from './desktop-test.ts';
import { answerDialogs, askedDialogs } from './dialogs.ts';

const KEEP = 'Keep editing';
const DISCARD = 'Discard changes';

/** Types something into a profile that is not saved. */
async function typeSomething(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Profiles/ }).click();
  await page.getByRole('main').getByText('glm', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Model', { exact: true }).fill('glm-typed');
}

async function closeWindow({ app }: Desktop): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

async function questions({ app }: Desktop): Promise<number> {
  const asked = await askedDialogs(app);
  for (const { message, buttons } of asked) {
    expect(message).toBe('What you typed is not saved');
    expect(buttons).toEqual([KEEP, DISCARD]);
  }
  return asked.length;
}

test('asks before a closed window takes along what was typed', async ({ folder, panel, launch }) => {
  const home = layOwnHome(folder);
  const desktop = await launch({ home: home.home });
  await panel.item();
  const page = await desktop.window();
  await typeSomething(page);
  await answerDialogs(desktop.app, KEEP);
  await closeWindow(desktop);
  await expect.poll(() => questions(desktop)).toBe(1);
  await expect(page.getByLabel('Model', { exact: true })).toHaveValue('glm-typed');

  await answerDialogs(desktop.app, DISCARD);
  const closed = page.waitForEvent('close');
  await closeWindow(desktop);
  await closed;
  expect(await questions(desktop)).toBe(2);
  expect(home.settingsOf('glm')).not.toContain('glm-typed');
});

test('asks before Quit in the tray ends the program over what was typed', async ({
  folder,
  panel,
  launch,
}) => {
  const desktop = await launch({ home: layOwnHome(folder).home });
  await panel.item();
  const page = await desktop.window();
  await typeSomething(page);
  await answerDialogs(desktop.app, KEEP);
  await panel.click('Quit');
  await expect.poll(() => questions(desktop)).toBe(1);
  await expect(page.getByLabel('Model', { exact: true })).toHaveValue('glm-typed');
  // The service goes on, too.
  await panel.click('Auto-sync');
  await expect.poll(() => panel.tooltip()).toContain('Auto-sync is off');

  await answerDialogs(desktop.app, DISCARD);
  await panel.click('Quit');
  await desktop.ended;
  await panel.gone();
});

test('asks nothing where nothing was typed, or where it was saved', async ({ folder, panel, launch }) => {
  const home = layOwnHome(folder);
  const desktop = await launch({ home: home.home });
  await panel.item();
  const page = await desktop.window();
  await answerDialogs(desktop.app, KEEP);
  await typeSomething(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
  const closed = page.waitForEvent('close');
  await closeWindow(desktop);
  await closed;
  expect(await questions(desktop)).toBe(0);
});
