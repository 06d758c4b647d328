import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../testing/temp-folder.ts';
import { ensureFolder, stateFolderPath, targetFolder } from './state-folder.ts';

const NO_HOME = { ok: false, error: { code: 'no-home' } };

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

describe('stateFolderPath', () => {
  it.each([
    ['linux', {}, '/home/jo', '/home/jo/.local/state/cliproxy-sync'],
    ['linux', { XDG_STATE_HOME: '/state' }, '/home/jo', '/state/cliproxy-sync'],
    ['linux', { XDG_STATE_HOME: '/state' }, '', '/state/cliproxy-sync'],
    ['linux', { XDG_STATE_HOME: 'relative' }, '/home/jo', '/home/jo/.local/state/cliproxy-sync'],
    ['linux', { XDG_STATE_HOME: '' }, '/home/jo ö', '/home/jo ö/.local/state/cliproxy-sync'],
    [
      'darwin',
      { XDG_STATE_HOME: '/state' },
      '/Users/jo',
      '/Users/jo/Library/Application Support/cliproxy-sync',
    ],
    ['win32', { LOCALAPPDATA: 'D:\\local' }, 'C:\\Users\\jo', 'D:\\local\\cliproxy-sync'],
    ['win32', {}, 'C:\\Users\\jo', 'C:\\Users\\jo\\AppData\\Local\\cliproxy-sync'],
  ] as const)('on %s with %j and home %s is %s', (...[platform, env, home, expected]) => {
    expect(stateFolderPath(env, platform, home)).toEqual({ ok: true, value: expected });
  });

  it.each(['linux', 'darwin', 'win32'] as const)('is unknown on %s without a home', (platform) => {
    expect(stateFolderPath({}, platform, '')).toEqual(NO_HOME);
    expect(stateFolderPath({}, platform, 'relative')).toEqual(NO_HOME);
  });
});

describe('ensureFolder', () => {
  it('makes the folder and its parents for the user alone', async () => {
    const path = join(tempFolder(), 'a', 'b');
    expect(await ensureFolder(path)).toEqual({ ok: true, value: undefined });
    expect(modeOf(path)).toBe(0o700);
  });

  it('takes back a looser mode, also behind a symlink', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'real'));
    chmodSync(join(folder, 'real'), 0o777);
    symlinkSync('real', join(folder, 'link'));
    expect((await ensureFolder(join(folder, 'link'))).ok).toBe(true);
    expect(modeOf(join(folder, 'real'))).toBe(0o700);
  });

  it('says that a file is in the way', async () => {
    const path = join(tempFolder(), 'file');
    writeFileSync(path, '');
    expect(await ensureFolder(path)).toEqual({
      ok: false,
      error: { code: 'state-unusable', path, reason: 'EEXIST' },
    });
  });
});

describe('targetFolder', () => {
  it('gives each real path a folder of its own', () => {
    const one = targetFolder('/state', '/a/config.yaml');
    expect(one.folder).toMatch(/^\/state\/targets\/[0-9a-f]{16}$/);
    expect(one.lock).toBe(`${one.folder}/lock`);
    expect(one.journal).toBe(`${one.folder}/journal`);
    expect(targetFolder('/state', '/b/config.yaml').folder).not.toBe(one.folder);
    expect(targetFolder('/state', '/a/config.yaml')).toEqual(one);
  });
});
