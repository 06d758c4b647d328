import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { chooseWindow, type Machine } from './choose-window.ts';
import { findElectron } from './find-electron.ts';

const DESKTOP: Machine = { platform: 'linux', hasDisplay: true, electron: '/e/electron', isRoot: false };

describe('where `npm start` opens the window', () => {
  it.each<[string, Partial<Machine>, unknown]>([
    ['a Linux desktop', {}, { kind: 'electron', program: '/e/electron' }],
    ['macOS', { platform: 'darwin', hasDisplay: false }, { kind: 'electron', program: '/e/electron' }],
    ['Windows', { platform: 'win32', hasDisplay: false }, { kind: 'electron', program: '/e/electron' }],
    ['a server', { hasDisplay: false }, { kind: 'browser', why: 'no-display' }],
    [
      'a server without Electron',
      { hasDisplay: false, electron: null },
      { kind: 'browser', why: 'no-display' },
    ],
    ['a desktop without Electron', { electron: null }, { kind: 'browser', why: 'no-electron' }],
    [
      'macOS without Electron',
      { platform: 'darwin', electron: null },
      { kind: 'browser', why: 'no-electron' },
    ],
    ['root', { isRoot: true }, { kind: 'browser', why: 'root' }],
    ['root on macOS', { platform: 'darwin', isRoot: true }, { kind: 'electron', program: '/e/electron' }],
  ])('on %s', (_name, machine, expected) => {
    expect(chooseWindow({ ...DESKTOP, ...machine })).toEqual(expected);
  });
});

function installed(over: { readonly pathFile?: string; readonly program?: string }): string {
  const folder = tempFolder();
  const program = join(folder, over.program ?? join('dist', 'electron'));
  mkdirSync(join(program, '..'), { recursive: true });
  writeFileSync(program, '');
  chmodSync(program, 0o755);
  if (over.pathFile !== undefined) writeFileSync(join(folder, 'path.txt'), over.pathFile);
  return folder;
}

describe('Electron’s program', () => {
  it('is where the package says that it was fetched to', () => {
    const folder = installed({ pathFile: 'electron' });
    expect(findElectron(folder, {})).toBe(join(folder, 'dist', 'electron'));
  });

  it('is none where the package fetched nothing, or it is gone', () => {
    expect(findElectron(installed({}), {})).toBeNull();
    expect(findElectron(installed({ pathFile: 'other' }), {})).toBeNull();
    expect(findElectron(null, {})).toBeNull();
  });

  it('is the one that the user names', () => {
    const folder = installed({ program: 'electron' });
    const env = { ELECTRON_OVERRIDE_DIST_PATH: folder };
    expect(findElectron(installed({}), env)).toBe(join(folder, 'electron'));
    expect(findElectron(null, env)).toBe(join(folder, 'electron'));
    expect(
      findElectron(installed({ pathFile: 'electron' }), { ELECTRON_OVERRIDE_DIST_PATH: '/gone' }),
    ).toBeNull();
  });
});
