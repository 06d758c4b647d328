import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../../testing/temp-folder.ts';
import { hashOf, isInPlace, isUnchanged, openTarget, resolveTarget, type OpenTarget } from './open-target.ts';

async function opened(path: string): Promise<OpenTarget> {
  const result = await openTarget(path, 'write');
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  onTestFinished(() => result.value.close());
  return result.value;
}

function fileWith(text: string): string {
  const path = join(tempFolder(), 'config.yaml');
  writeFileSync(path, text);
  return path;
}

describe('openTarget', () => {
  it('gives the bytes, their hash, and which file it is', async () => {
    const path = fileWith('port: 8317\n');
    chmodSync(path, 0o640);
    const target = await opened(path);
    const { dev, ino } = statSync(path, { bigint: true });
    expect(Buffer.from(target.bytes).toString()).toBe('port: 8317\n');
    expect(target).toMatchObject({ path, realPath: path, dev, ino, mode: 0o640, unwritable: null });
    expect(target.hash).toBe(hashOf(Buffer.from('port: 8317\n')));
  });

  it('reads an empty file and one of many megabytes', async () => {
    expect((await opened(fileWith(''))).bytes).toHaveLength(0);
    expect((await opened(fileWith('x'.repeat(5_000_000)))).bytes).toHaveLength(5_000_000);
  });

  it('follows symlinks and says where the file really lies', async () => {
    const path = fileWith('a');
    const link = join(tempFolder(), 'link');
    symlinkSync(path, link);
    expect(await opened(link)).toMatchObject({ path: link, realPath: path });
    expect(await resolveTarget(link)).toEqual({ ok: true, value: path });
  });

  it('can be told to only read', async () => {
    const result = await openTarget(fileWith('a'), 'read');
    expect(result).toMatchObject({ ok: true, value: { unwritable: 'opened-to-read' } });
    if (result.ok) await result.value.close();
  });

  it('says that the file is missing, also behind a symlink', async () => {
    const folder = tempFolder();
    symlinkSync('nowhere', join(folder, 'dangling'));
    for (const name of ['missing', 'dangling']) {
      const path = join(folder, name);
      const error = { code: 'target-missing', path, ccsInstalled: false };
      expect(await openTarget(path, 'write')).toEqual({ ok: false, error });
    }
  });

  it('refuses what is no file, without waiting for a writer', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    symlinkSync('loop', join(folder, 'loop'));
    const reasons = [
      ['folder', 'not-a-file'],
      ['fifo', 'not-a-file'],
      ['loop', 'ELOOP'],
    ] as const;
    for (const [name, reason] of reasons) {
      const path = join(folder, name);
      const error = { code: 'target-unreadable', path, reason };
      expect(await openTarget(path, 'write')).toEqual({ ok: false, error });
    }
  });

  it('refuses more than 64 MiB', async () => {
    const path = fileWith('');
    truncateSync(path, 64 * 1024 * 1024 + 1);
    const error = { code: 'target-unreadable', path, reason: 'too-large' };
    expect(await openTarget(path, 'write')).toEqual({ ok: false, error });
  });

  it('may be closed twice', async () => {
    const target = await opened(fileWith('a'));
    await target.close();
    await expect(target.close()).resolves.toBeUndefined();
  });
});

describe('resolveTarget', () => {
  it('gives a missing file the path that it would get', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'link'));
    const expected = { ok: true, value: join(folder, 'real', 'config.yaml') };
    expect(await resolveTarget(join(folder, 'link', 'config.yaml'))).toEqual(expected);
    expect(await resolveTarget('/no/where/config.yaml')).toEqual({
      ok: true,
      value: '/no/where/config.yaml',
    });
  });
});

describe('isUnchanged', () => {
  it.each([
    ['left alone', () => undefined, true],
    ['appended to', (path: string) => appendFileSync(path, 'x'), false],
    ['changed within', (path: string) => writeFileSync(path, 'b'), false],
    ['emptied', (path: string) => truncateSync(path), false],
    ['removed', unlinkSync, false],
    ['replaced by an equal one', replaceByEqual, false],
  ] as const)('of a file %s', async (_, change, expected) => {
    const path = fileWith('a');
    const target = await opened(path);
    change(path);
    expect(await isUnchanged(target)).toBe(expected);
  });

  function replaceByEqual(path: string): void {
    writeFileSync(`${path}.new`, 'a');
    renameSync(`${path}.new`, path);
  }
});

describe('isInPlace', () => {
  it('notices a symlink that leads elsewhere now', async () => {
    const path = fileWith('a');
    const link = join(tempFolder(), 'link');
    symlinkSync(path, link);
    const target = await opened(link);
    unlinkSync(link);
    symlinkSync(fileWith('a'), link);
    expect(await isInPlace(target)).toBe(false);
  });

  it('does not mind another name of the same file', async () => {
    const path = fileWith('a');
    const target = await opened(path);
    linkSync(path, `${path}.backup`);
    expect(await isInPlace(target)).toBe(true);
  });
});
