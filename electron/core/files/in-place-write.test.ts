import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../../testing/temp-folder.ts';
import { writeInPlace, type WriteError, type WriteRequest, type WriteStep } from './in-place-write.ts';
import { hashOf, openTarget } from './open-target.ts';
import type { Result } from '../../../shared/result.ts';

const OLD = 'port: 8317\nclaude-api-key: []\ndebug: true\n';
const LONGER = 'port: 8317\nclaude-api-key:\n  - api-key: sk-test-1\ndebug: true\n';
const SHORTER = 'port: 8317\ndebug: true\n';
const STALE = { ok: false, error: { code: 'stale' } };

interface Scene {
  readonly path: string;
  readonly ledger: string;
  readonly state: string;
  /** Opens the file as it is now, to write the text. */
  readonly request: (text: string) => Promise<WriteRequest>;
}

function scene(path = join(tempFolder(), 'config.yaml')): Scene {
  const state = tempFolder();
  const [journal, ledger] = [join(state, 'journal'), join(state, 'ledger.json')];
  if (!existsSync(path)) writeFileSync(path, OLD);
  writeFileSync(ledger, 'old ledger');
  const request = async (text: string) => {
    const target = await openTarget(path, 'write');
    if (!target.ok) throw new Error(target.error.code);
    onTestFinished(() => target.value.close());
    const newBytes = Buffer.from(text);
    return { target: target.value, newBytes, journal, ledger: { path: ledger, text: 'new ledger' } };
  };
  return { path, ledger, state, request };
}

/** Writes, with something else happening after one of the steps. */
function writeDisturbed(
  request: WriteRequest,
  step: WriteStep,
  disturb: () => void,
): Promise<Result<unknown, WriteError>> {
  const after = (done: WriteStep) => (done === step ? disturb() : undefined);
  return writeInPlace({ ...request, steps: { after } });
}

describe('writeInPlace', () => {
  it.each([
    ['longer', LONGER],
    ['shorter', SHORTER],
    ['of the same length', OLD.replace('8317', '9999')],
    ['the old one and more', `${OLD}x: 1\n`],
    ['a part of the old one', OLD.slice(0, 11)],
    ['empty', ''],
  ])('writes file and ledger where the new text is %s', async (_, text) => {
    const { path, ledger, state, request } = scene();
    const result = await writeInPlace(await request(text));
    expect(result).toEqual({ ok: true, value: { kind: 'written', hash: hashOf(Buffer.from(text)) } });
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readFileSync(ledger, 'utf8')).toBe('new ledger');
    expect(readdirSync(state)).toEqual(['ledger.json']);
  });

  it('fills an empty file', async () => {
    const { path, request } = scene();
    writeFileSync(path, '');
    expect((await writeInPlace(await request(LONGER))).ok).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(LONGER);
  });

  it('keeps the file’s inode, mode and symlink', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'dotfiles'));
    const real = join(folder, 'dotfiles', 'real.yaml');
    writeFileSync(real, OLD);
    chmodSync(real, 0o640);
    symlinkSync('dotfiles/real.yaml', join(folder, 'config.yaml'));
    const before = statSync(real);
    const { path, request } = scene(join(folder, 'config.yaml'));
    await writeInPlace(await request(LONGER));
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe(LONGER);
    const { ino, mode, uid, gid } = statSync(real);
    expect({ ino, mode, uid, gid }).toEqual({
      ino: before.ino,
      mode: before.mode,
      uid: before.uid,
      gid: before.gid,
    });
  });

  it('writes the ledger alone where the text stays, not even touching the file', async () => {
    const { path, ledger, state, request } = scene();
    const before = statSync(path, { bigint: true });
    expect((await writeInPlace(await request(OLD))).ok).toBe(true);
    expect(statSync(path, { bigint: true })).toMatchObject({
      mtimeNs: before.mtimeNs,
      ctimeNs: before.ctimeNs,
    });
    expect(readFileSync(ledger, 'utf8')).toBe('new ledger');
    expect(readdirSync(state)).toEqual(['ledger.json']);
  });

  it('shows every reader whole lines of the new text, or newlines, once the write is done', async () => {
    const { path, request } = scene();
    const seen: string[] = [];
    await writeDisturbed(await request(SHORTER), 'written', () => void seen.push(readFileSync(path, 'utf8')));
    expect(seen).toEqual([SHORTER.padEnd(OLD.length, '\n')]);
  });

  it('keeps the journal, which holds keys, from others', async () => {
    const { state, request } = scene();
    const modes: number[] = [];
    const look = () => void modes.push(statSync(join(state, 'journal')).mode & 0o777);
    await writeDisturbed(await request(LONGER), 'checked', look);
    expect(modes).toEqual([0o600]);
  });
});

describe('writeInPlace, when others write too,', () => {
  function replaceByRename(path: string, text: string): void {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  }

  it.each([
    ['appends', (path: string) => appendFileSync(path, 'theirs: 1\n'), `${OLD}theirs: 1\n`],
    ['writes in place', (path: string) => writeFileSync(path, 'theirs: 1\n'), 'theirs: 1\n'],
    ['changes a byte', (path: string) => writeFileSync(path, OLD.replace('8', '9')), OLD.replace('8', '9')],
    ['renames over it', (path: string) => replaceByRename(path, 'theirs: 1\n'), 'theirs: 1\n'],
    ['renames an equal file over it', (path: string) => replaceByRename(path, OLD), OLD],
  ])('writes nothing where somebody %s first', async (_, change, expected) => {
    const { path, ledger, state, request } = scene();
    for (const text of [LONGER, OLD]) {
      writeFileSync(path, OLD);
      const prepared = await request(text);
      change(path);
      expect(await writeInPlace(prepared)).toEqual(STALE);
      expect(readFileSync(path, 'utf8')).toBe(expected);
      expect(readFileSync(ledger, 'utf8')).toBe('old ledger');
      expect(readdirSync(state)).toEqual(['ledger.json']);
    }
  });

  it('writes nothing where somebody does while the journal is written', async () => {
    const { path, state, request } = scene();
    const result = await writeDisturbed(await request(LONGER), 'journal-written', () =>
      appendFileSync(path, '#'),
    );
    expect(result).toEqual(STALE);
    expect(readFileSync(path, 'utf8')).toBe(`${OLD}#`);
    expect(readdirSync(state)).toEqual(['ledger.json']);
  });

  it.each(['checked', 'written', 'synced'] as const)(
    'leaves the ledger and a file that was renamed over the target, after “%s”, as they are',
    async (step) => {
      const { path, ledger, state, request } = scene();
      const result = await writeDisturbed(await request(LONGER), step, () =>
        replaceByRename(path, 'theirs: 1\n'),
      );
      expect(result).toEqual(STALE);
      expect(readFileSync(path, 'utf8')).toBe('theirs: 1\n');
      expect(readFileSync(ledger, 'utf8')).toBe('old ledger');
      expect(readdirSync(state)).toEqual(['ledger.json']);
    },
  );

  it('wants a new plan where the file was removed', async () => {
    const { path, request } = scene();
    const prepared = await request(LONGER);
    unlinkSync(path);
    expect(await writeInPlace(prepared)).toEqual(STALE);
    expect(existsSync(path)).toBe(false);
  });
});

describe('writeInPlace, when it can’t write,', () => {
  it('says so where the target was opened to be read', async () => {
    const { path, request } = scene();
    const target = await openTarget(path, 'read');
    if (!target.ok) throw new Error(target.error.code);
    onTestFinished(() => target.value.close());
    const result = await writeInPlace({ ...(await request(LONGER)), target: target.value });
    expect(result).toEqual({
      ok: false,
      error: { code: 'target-unwritable', path, reason: 'opened-to-read' },
    });
    expect(readFileSync(path, 'utf8')).toBe(OLD);
  });

  it('touches nothing without a journal', async () => {
    const { path, ledger, request } = scene();
    const journal = join(tempFolder(), 'missing', 'journal');
    const result = await writeInPlace({ ...(await request(LONGER)), journal });
    expect(result).toEqual({ ok: false, error: { code: 'state-unusable', path: journal, reason: 'ENOENT' } });
    expect(readFileSync(path, 'utf8')).toBe(OLD);
    expect(readFileSync(ledger, 'utf8')).toBe('old ledger');
  });

  it('keeps the journal where the ledger can’t follow the target', async () => {
    const { path, state, request } = scene();
    const ledger = { path: join(state, 'missing', 'ledger.json'), text: 'new ledger' };
    const result = await writeInPlace({ ...(await request(LONGER)), ledger });
    expect(result).toMatchObject({ ok: false, error: { code: 'state-unusable', path: ledger.path } });
    expect(readFileSync(path, 'utf8')).toBe(LONGER);
    expect(readdirSync(state).sort()).toEqual(['journal', 'ledger.json']);
  });
});
