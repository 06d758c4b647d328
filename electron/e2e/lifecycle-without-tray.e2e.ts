import type { Page } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layFixtureHome } from '../testing/lay-ccs-home.ts';
import { type Desktop, endDesktop } from './desktop.ts';
import { expect, test } from './desktop-test.ts';
import { answerDialogs, askedDialogs } from './dialogs.ts';
import { openNotificationDaemon } from './notification-daemon.ts';

interface Bridge {
  readonly cliproxySync: {
    call(method: string, input: unknown): Promise<{ value: { capabilities: { tray: boolean } } }>;
  };
}

/** Closes the window once the program knows that no panel is there. */
async function closeWithoutTray({ app }: Desktop, page: Page): Promise<void> {
  const hasTray = (): Promise<boolean> =>
    page.evaluate(async () => {
      const { value } = await (window as unknown as Bridge).cliproxySync.call('state.get', {});
      return value.capabilities.tray;
    });
  await expect.poll(hasTray).toBe(false);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

async function questions({ app }: Desktop): Promise<readonly string[]> {
  return (await askedDialogs(app)).map(({ message }) => message);
}

function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

test('without a panel it asks once whether it goes on without a window', async ({ folder, launch }) => {
  const { home } = layFixtureHome(folder);
  const desktop = await launch({ home });
  await answerDialogs(desktop.app, 'Keep syncing');
  await closeWithoutTray(desktop, await desktop.window());
  await expect.poll(() => questions(desktop)).toEqual(['Keep syncing in the background?']);
  expect(desktop.isAlive()).toBe(true);

  // Starting it again opens the window, and the answer holds.
  const opened = desktop.app.waitForEvent('window');
  const second = await launch({ home }).catch(() => null);
  await second?.ended;
  const page = await opened;
  const closed = page.waitForEvent('close');
  await closeWithoutTray(desktop, page);
  await closed;
  const third = desktop.app.waitForEvent('window');
  await desktop.app.evaluate(({ app }) => void app.emit('activate'));
  await expect((await third).getByRole('heading', { level: 1 })).toContainText('5 profiles synced');
  expect(await questions(desktop)).toHaveLength(1);
});

test('without a panel it ends with its window where that was the answer, and asks no more', async ({
  folder,
  launch,
}) => {
  const { home } = layFixtureHome(folder);
  const first = await launch({ home });
  await answerDialogs(first.app, 'Quit');
  await closeWithoutTray(first, await first.window());
  await first.ended;
  // If it asked, this would keep it running.
  const second = await launch({ home });
  await answerDialogs(second.app, 'Keep syncing');
  await closeWithoutTray(second, await second.window());
  await second.ended;
});

test('says why there is no icon where no panel comes up', async ({ folder, bus, launch }) => {
  const daemon = await openNotificationDaemon(bus);
  const { home } = layFixtureHome(folder);
  const desktop = await launch({ home });
  const titles = (): readonly string[] => daemon.shown.map(({ title }) => title);
  await expect.poll(titles).toContain('CLIProxy Sync runs without a tray icon');
  // Which keeps it from saying so again: electron/main/preferences.test.ts.
  const folderOfData = await desktop.app.evaluate(({ app }) => app.getPath('userData'));
  await expect.poll(() => readText(join(folderOfData, 'preferences.json'))).toContain('"no-tray"');
  expect(titles().filter((title) => title.includes('tray icon'))).toHaveLength(1);
  await endDesktop(desktop);
  await daemon.close();
});
