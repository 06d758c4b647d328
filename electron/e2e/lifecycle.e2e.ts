import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layFixtureHome } from '../testing/lay-ccs-home.ts';
import { endDesktop } from './desktop.ts';
import { expect, test } from './desktop-test.ts';
import { leftovers } from './leftovers.ts';
import { openPanel } from './panel.ts';
import { livingInGroup } from './process-group.ts';
import { startServing } from './serve.ts';

test('opens its window when it is started by hand, and none when it starts at login', async ({
  folder,
  panel,
  launch,
}) => {
  const { home } = layFixtureHome(folder);
  const hidden = await launch({ home, args: ['--hidden'] });
  await panel.item();
  await expect.poll(() => panel.tooltip()).toContain('profiles synced');
  expect(hidden.app.windows()).toEqual([]);
  await endDesktop(hidden);
  await panel.gone();

  const byHand = await launch({ home });
  const page = await byHand.window();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('5 profiles synced');
});

test('a second launch opens the window of the first, and ends', async ({ folder, panel, launch }) => {
  const { home } = layFixtureHome(folder);
  const first = await launch({ home, args: ['--hidden'] });
  await panel.item();
  const opened = first.app.waitForEvent('window');
  // Playwright can't attach to a program that ends at once.
  const second = await launch({ home }).catch(() => null);
  await second?.ended;
  const page = await opened;
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(first.app.windows()).toHaveLength(1);
});

test('a closed window leaves the tray, and a click on the icon brings it back where it was', async ({
  folder,
  panel,
  launch,
}) => {
  const { home } = layFixtureHome(folder);
  const desktop = await launch({ home });
  const page = await desktop.window();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('History');
  const closed = page.waitForEvent('close');
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await closed;
  expect((await panel.item()).Status).toBe('Active');
  const opened = desktop.app.waitForEvent('window');
  await panel.activate();
  await expect((await opened).getByRole('heading', { level: 1 })).toHaveText('History');
});

test('Settings… and a profile in the menu open their places in the window', async ({
  folder,
  panel,
  launch,
}) => {
  const { home } = layFixtureHome(folder);
  const desktop = await launch({ home, args: ['--hidden'] });
  await expect.poll(() => panel.tooltip()).toContain('profiles synced');
  await panel.click('Settings…');
  const page = await desktop.window();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await panel.click('Profiles > glm');
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/profiles/glm');
  await expect(page.getByRole('heading', { name: 'glm' })).toBeVisible();
  await panel.click('Preview changes…');
  await expect(page.getByRole('dialog', { name: 'Preview changes' })).toBeVisible();
});

test('quits without a process, a lock, a socket or a temporary file left behind', async ({
  folder,
  panel,
  launch,
}) => {
  const { home } = layFixtureHome(folder);
  const desktop = await launch({ home });
  await desktop.window();
  await expect.poll(() => panel.tooltip()).toContain('profiles synced');
  expect(leftovers(home)).not.toEqual([]);
  await panel.click('Quit');
  await desktop.ended;
  await panel.gone();
  await expect.poll(() => livingInGroup(desktop.pid)).toEqual([]);
  expect(leftovers(home)).toEqual([]);
  expect(readdirSync(join(home, 'tmp'))).toEqual([]);
});

test('ends as cleanly by a signal', async ({ folder, panel, launch }) => {
  const { home } = layFixtureHome(folder);
  const desktop = await launch({ home, args: ['--hidden'] });
  await expect.poll(() => panel.tooltip()).toContain('profiles synced');
  process.kill(desktop.pid, 'SIGTERM');
  await desktop.ended;
  await expect.poll(() => livingInGroup(desktop.pid)).toEqual([]);
  expect(leftovers(home)).toEqual([]);
});

test('a tray host that was killed and started again gets the icon back', async ({
  folder,
  bus,
  launch,
  icons,
}) => {
  const prints = await icons();
  const { home } = layFixtureHome(folder);
  const first = await openPanel(bus);
  await launch({ home, args: ['--hidden'] });
  await expect.poll(() => first.tooltip()).toContain('profiles synced');
  await first.kill();
  const second = await openPanel(bus);
  expect((await second.item()).Status).toBe('Active');
  await expect.poll(() => second.tooltip()).toContain('profiles synced');
  await expect.poll(async () => (await second.item()).IconPixmap[0]?.sha256).toBe(prints.plain);
  await second.close();
});

test('moves in when a tray host appears, and that closes no window', async ({ folder, bus, launch }) => {
  const { home } = layFixtureHome(folder);
  const desktop = await launch({ home });
  const page = await desktop.window();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('profiles synced');
  const panel = await openPanel(bus);
  expect((await panel.item()).Status).toBe('Active');
  await expect.poll(() => panel.tooltip()).toContain('profiles synced');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('profiles synced');
  await panel.close();
});

test('attaches to a service that runs already, and leaves it running', async ({ folder, panel, launch }) => {
  const { home, profile } = layFixtureHome(folder);
  const service = await startServing(home);
  const desktop = await launch({ home });
  const labels = async (): Promise<readonly string[]> => (await panel.menu()).map(({ label }) => label);
  await expect.poll(labels).toContain(`Service runs elsewhere (pid ${service.pid})`);
  const page = await desktop.window();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('5 profiles synced');
  profile('late', {
    ANTHROPIC_BASE_URL: 'https://late.test',
    ANTHROPIC_AUTH_TOKEN: 'sk-test-late-0123456789',
    ANTHROPIC_MODEL: 'late-1',
  });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('6 profiles synced');
  await panel.click('Quit');
  await desktop.ended;
  expect(existsSync(`/proc/${service.pid}`)).toBe(true);
  expect(readFileSync(join(home, '.ccs', 'cliproxy', 'config.yaml'), 'utf8')).toContain('late-1');
  await service.end();
});
