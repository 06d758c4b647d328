import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { needsRoot } from '../../testing/requirements.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { replaceFile } from './replace-file.ts';

const DONE = { ok: true, value: undefined };

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

describe('replaceFile', () => {
  it('makes a new file for the user alone', async () => {
    const path = join(tempFolder(), 'ledger.json');
    expect(await replaceFile(path, 'text ö')).toEqual(DONE);
    expect(readFileSync(path, 'utf8')).toBe('text ö');
    expect(modeOf(path)).toBe(0o600);
  });

  it('leaves the old file whole until the new one is', async () => {
    const folder = tempFolder();
    const path = join(folder, 'ledger.json');
    writeFileSync(path, 'old');
    const seen: string[] = [];
    await replaceFile(path, Buffer.from('new'), {
      beforeRename: () => void seen.push(readFileSync(path, 'utf8')),
    });
    expect(seen).toEqual(['old']);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['ledger.json']);
  });

  it('gives the mode that is asked for, whatever the umask', async () => {
    const path = join(tempFolder(), 'file');
    await replaceFile(path, '', { mode: 0o666 });
    expect(modeOf(path)).toBe(0o666);
  });

  it('keeps the mode of the file that was there', async () => {
    const path = join(tempFolder(), 'file');
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    await replaceFile(path, 'new', { mode: 'keep' });
    expect(modeOf(path)).toBe(0o640);
    const fresh = join(tempFolder(), 'file');
    await replaceFile(fresh, 'new', { mode: 'keep' });
    expect(modeOf(fresh)).toBe(0o600);
  });

  it('keeps a symlink and replaces what it points to, where told', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'dotfiles'));
    writeFileSync(join(folder, 'dotfiles/real'), 'old');
    symlinkSync('dotfiles/real', join(folder, 'link'));
    await replaceFile(join(folder, 'link'), 'new', { followLinks: true });
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'dotfiles/real'), 'utf8')).toBe('new');
    await replaceFile(join(folder, 'link'), 'own', {});
    expect(lstatSync(join(folder, 'link')).isFile()).toBe(true);
    expect(readFileSync(join(folder, 'dotfiles/real'), 'utf8')).toBe('new');
  });

  it('says what went wrong and leaves nothing behind', async () => {
    const folder = tempFolder();
    const path = join(folder, 'ledger.json');
    mkdirSync(path);
    expect(await replaceFile(path, 'x')).toEqual({ ok: false, error: { code: 'EISDIR', path } });
    expect(readdirSync(folder)).toEqual(['ledger.json']);
    const lost = join(folder, 'missing', 'file');
    expect(await replaceFile(lost, 'x')).toEqual({ ok: false, error: { code: 'ENOENT', path: lost } });
  });

  it('lets a bug of the caller through and leaves nothing behind', async () => {
    const folder = tempFolder();
    const bug = () => {
      throw new TypeError('bug');
    };
    await expect(replaceFile(join(folder, 'file'), 'x', { beforeRename: bug })).rejects.toThrow(TypeError);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.skipIf(!needsRoot())('replaceFile as root', () => {
  it('keeps the owner of the file that was there', async () => {
    const path = join(tempFolder(), 'file');
    writeFileSync(path, 'old');
    chownSync(path, 65534, 65534);
    await replaceFile(path, 'new', { mode: 'keep' });
    expect([statSync(path).uid, statSync(path).gid]).toEqual([65534, 65534]);
  });

  it('tries again on Windows while something holds the file', async () => {
    const folder = tempFolder();
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    const unmount = () => void execFileSync('umount', [path]);
    execFileSync('mount', ['--bind', path, path]);
    const pauses: number[] = [];
    const sleep = (delayMs: number) => {
      pauses.push(delayMs);
      if (pauses.length === 3) unmount();
      return Promise.resolve();
    };
    const clock = { ...fakeClock(), sleep };
    expect(await replaceFile(path, 'new', { platform: 'win32', clock })).toEqual(DONE);
    expect(pauses).toEqual([10, 20, 40]);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('gives up at last, and at once elsewhere', async () => {
    const folder = tempFolder();
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    execFileSync('mount', ['--bind', path, path]);
    onTestFinished(() => void execFileSync('umount', [path]));
    const pauses: number[] = [];
    const clock = { ...fakeClock(), sleep: (delayMs: number) => Promise.resolve(void pauses.push(delayMs)) };
    const failed = { ok: false, error: { code: 'EBUSY', path } };
    expect(await replaceFile(path, 'new', { platform: 'linux', clock })).toEqual(failed);
    expect(pauses).toHaveLength(0);
    expect(await replaceFile(path, 'new', { platform: 'win32', clock })).toEqual(failed);
    expect(pauses).toHaveLength(7);
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
