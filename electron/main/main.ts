import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { app, protocol } from 'electron';
import type { Desktop } from './desktop.ts';
import { catchFaults } from './faults.ts';
import { firstTray } from './first-tray.ts';
import { createLanguage } from './language.ts';
import { HIDDEN } from './hidden-start.ts';
import { PAGE_SCHEME } from './page-address.ts';
import { createTray } from './tray.ts';
import type { TrayAction } from './tray-row.ts';
import { userDataFolder } from './user-data.ts';

/** Loading the rest keeps the thread busy on which the desktop's answer arrives, so the icon gets there first. */
const TRAY_FIRST_MS = 30;

const faults = catchFaults();

protocol.registerSchemesAsPrivileged([PAGE_SCHEME]);
app.setName('CLIProxy Sync');
// Windows shows notifications of known programs only: `appId` of electron-builder.yml. Nothing elsewhere.
app.setAppUserModelId('dev.cliproxy-sync.desktop');
app.setPath('userData', userDataFolder(app.getPath('appData'), process.env));

// The first of this CCS directory gets to know of the second, and opens its window.
if (app.requestSingleInstanceLock()) begin();
else app.exit(0);

function begin(): void {
  const early: TrayAction[] = [];
  let desktop: Desktop | null = null;
  const act = (action: TrayAction): void => {
    if (desktop !== null) desktop.act(action);
    else if (action.kind === 'quit') app.exit(0);
    else early.push(action);
  };
  const end = (): void => {
    if (desktop === null) app.exit(0);
    else void desktop.quit('at-once');
  };

  app.on('second-instance', (_event, words) => {
    if (!words.includes(HIDDEN)) act({ kind: 'open', route: null });
  });
  app.on('activate', () => act({ kind: 'open', route: null }));
  // The tray stays when the last window goes.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    event.preventDefault();
    act({ kind: 'quit' });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

  async function start(): Promise<void> {
    await app.whenReady();
    const dist = import.meta.dirname;
    const language = createLanguage(() => app.getPreferredSystemLanguages());
    const place = { iconsFolder: join(dist, 'icons'), iconStyle: 'automatic', act } as const;
    const tray = createTray(place, firstTray());
    await sleep(TRAY_FIRST_MS);
    const { startDesktop } = await import('./desktop.ts');
    const startedAtLogin = process.argv.includes(HIDDEN) || isLoginStart();
    desktop = startDesktop({ tray, language, faults, startedAtLogin, dist });
    early.forEach((action) => desktop?.act(action));
  }

  start().catch((fault: unknown) => faults.fatal(fault));
}

/** macOS gives a login item no arguments. */
function isLoginStart(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
