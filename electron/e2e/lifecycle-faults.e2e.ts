import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { layFixtureHome } from '../testing/lay-ccs-home.ts';
import type { Desktop } from './desktop.ts';
import { expect, test } from './desktop-test.ts';
import { answerDialogs, askedDialogs } from './dialogs.ts';

async function crash({ app }: Desktop): Promise<void> {
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
}

async function messages({ app }: Desktop): Promise<readonly string[]> {
  return (await askedDialogs(app)).map(({ message }) => message);
}

async function goToHistory(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('History');
}

test('a page that crashed is offered anew, and comes back where it was', async ({
  folder,
  panel,
  launch,
}) => {
  const desktop = await launch({ home: layFixtureHome(folder).home });
  await panel.item();
  await goToHistory(await desktop.window());
  await answerDialogs(desktop.app, 'Reload');
  const opened = desktop.app.waitForEvent('window');
  await crash(desktop);
  const page = await opened;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('History');
  const [asked, ...others] = await askedDialogs(desktop.app);
  expect(asked).toMatchObject({
    message: 'The window has stopped working',
    buttons: ['Reload', 'Close the window'],
  });
  expect(others).toEqual([]);
  const windows = await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});

test('a page that crashed can be closed, and the next window is a new one', async ({
  folder,
  panel,
  launch,
}) => {
  const desktop = await launch({ home: layFixtureHome(folder).home });
  await panel.item();
  await goToHistory(await desktop.window());
  await answerDialogs(desktop.app, 'Close the window');
  await crash(desktop);
  const windows = (): Promise<number> =>
    desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(windows).toBe(0);
  expect(await messages(desktop)).toEqual(['The window has stopped working']);
  const opened = desktop.app.waitForEvent('window');
  await panel.activate();
  await expect((await opened).getByRole('heading', { level: 1 })).toBeVisible();
});

test('a fault in main is written down each time, told once, and ends nothing', async ({
  folder,
  panel,
  launch,
  problems,
}) => {
  problems.allow(/^main: (uncaught|unhandled): Error: provoked/);
  const desktop = await launch({ home: layFixtureHome(folder).home });
  await panel.item();
  await answerDialogs(desktop.app, 'OK');
  await desktop.app.evaluate(() => {
    setImmediate(() => {
      throw new Error('provoked with sk-test-provoked-0123456789');
    });
  });
  await expect.poll(() => messages(desktop)).toEqual(['CLIProxy Sync met a fault of its own']);
  await desktop.app.evaluate(() => void Promise.reject(new Error('provoked again')));
  const [told] = await askedDialogs(desktop.app);
  const path = /\/\S+service\.log/.exec(told?.detail ?? '')?.[0] ?? 'no path was told';
  const log = (): string => readFileSync(path, 'utf8');
  await expect.poll(log).toContain('provoked again');
  expect(log()).toContain('"event":"uncaught"');
  expect(log()).toContain('"event":"unhandled"');
  expect(log()).not.toContain('sk-test-provoked');
  expect(await messages(desktop)).toHaveLength(1);
  await expect.poll(() => panel.tooltip()).toContain('profiles synced');
});
