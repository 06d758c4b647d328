import { _electron } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronProgram } from '../testing/desktop-requirements.ts';
import type { TrayIconName } from '../main/tray-row.ts';
import { APP } from './app-folder.ts';
import { environmentOf } from './desktop.ts';
import { openPanel } from './panel.ts';
import { openSessionBus } from './session-bus.ts';

const EMPTY_APP = fileURLToPath(new URL('../bench/empty-app', import.meta.url));
const ICONS = join(APP, 'dist', 'icons', 'tray', 'automatic');

/** How each of the tray's icons looks on the bus, by the hash of its pixels. */
export type IconPrints = Readonly<Record<TrayIconName, string>>;

interface EmptyApp {
  readonly emptyApp: { readonly tray: { setImage(path: string): void } };
}

/** Shows each icon by another program, on a bus of its own, and remembers what arrives there. */
export async function takeIconPrints(
  program: ElectronProgram,
  { home, env }: { readonly home: string; readonly env: Readonly<Record<string, string>> },
): Promise<IconPrints> {
  const bus = await openSessionBus();
  const panel = await openPanel(bus);
  const files = readdirSync(ICONS)
    .filter((name) => name.endsWith('.png'))
    .map((name) => join(ICONS, name));
  const [first = ''] = files;
  const app = await _electron.launch({
    executablePath: program.path,
    args: [EMPTY_APP],
    env: environmentOf(home, { ...env, DBUS_SESSION_BUS_ADDRESS: bus.address, EMPTY_APP_ICON: first }),
  });
  const prints: Record<string, string> = {};
  const print = async (): Promise<string> => (await panel.item()).IconPixmap[0]?.sha256 ?? '';
  for (const file of files) {
    const before = Object.values(prints).at(-1);
    await app.evaluate((_electronModule, path) => {
      (globalThis as unknown as EmptyApp).emptyApp.tray.setImage(path);
    }, file);
    // All icons differ, so each is there once the hash is another one.
    while ((await print()) === before) await new Promise((resolve) => setTimeout(resolve, 20));
    prints[basename(file, '.png')] = await print();
  }
  await app.close();
  await panel.close();
  await bus.close();
  return prints as IconPrints;
}
