import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requires } from './requirements.ts';

/** An Electron that is already here; nothing is ever fetched for a test. */
export interface ElectronProgram {
  readonly path: string;
  readonly distFolder: string;
  readonly version: string;
  readonly major: number;
}

const NPM_ELECTRON = fileURLToPath(new URL('../../node_modules/electron', import.meta.url));
const NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome'];
/** Debian's: where another one stands first in PATH, it does not know the system's packages. */
const SYSTEM_PYTHON = '/usr/bin/python3';

/** The Electron to test on, or undefined where its tests are left out. */
export function needsElectron(): ElectronProgram | undefined {
  const found = findElectron();
  const how = 'Run `npx install-electron`, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of one.';
  return requires({ name: 'a real Electron', met: found !== undefined, how }) ? found : undefined;
}

/** For tests that show a window: a display, or an Xvfb to make one. */
export function needsDisplay(): boolean {
  return requires({
    name: 'a display',
    met: process.platform !== 'linux' || hasDisplay() || inPath('Xvfb') !== undefined,
    how: 'Install Xvfb (Debian: xvfb), or run the tests in a desktop session.',
  });
}

/** For tests of the tray: a session bus of their own, and a StatusNotifier host on it. */
export function needsTray(): boolean {
  const hasBindings = (): boolean =>
    spawnSync(SYSTEM_PYTHON, ['-c', 'from gi.repository import Gio']).status === 0;
  return requires({
    name: 'a tray host on a session bus',
    met: process.platform === 'linux' && inPath('dbus-daemon') !== undefined && hasBindings(),
    how: 'Install dbus-daemon and python3-gi (on Linux).',
  });
}

/** The path of a Chromium, or undefined where the tests in a browser are left out. */
export function needsBrowser(): string | undefined {
  const named = process.env['CHROMIUM_BIN'];
  const found = named ?? CHROMIUMS.map(inPath).find((path) => path !== undefined);
  const met = found !== undefined && existsSync(found);
  const how = 'Install Chromium (Debian: chromium), or set CHROMIUM_BIN to the path of its program.';
  return requires({ name: 'a Chromium', met, how }) ? found : undefined;
}

export function hasDisplay(): boolean {
  return process.env['DISPLAY'] !== undefined && process.env['DISPLAY'] !== '';
}

/** The path of a program, as a shell would find it. */
export function inPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function findElectron(): ElectronProgram | undefined {
  const distFolder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(NPM_ELECTRON, 'dist');
  const path = join(distFolder, NAMES[process.platform] ?? 'electron');
  if (!existsSync(path) || !existsSync(join(distFolder, 'version'))) return undefined;
  const version = readFileSync(join(distFolder, 'version'), 'utf8').trim().replace(/^v/, '');
  return { path, distFolder, version, major: Number(version.split('.')[0]) };
}
