import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ok, type Result } from '../../../shared/result.ts';
import { needsRoot } from '../../testing/requirements.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { systemClock } from '../support/clock.ts';
import { writeInPlace, type WriteError, type WriteStep } from './in-place-write.ts';
import { writeJournal } from './journal.ts';
import { acquireLock } from './lock.ts';
import { openTarget } from './open-target.ts';
import { settleJournal } from './settle-journal.ts';

const OLD = `port: 8317\n${'# old\n'.repeat(1_000)}`;
const BIGGER = `port: 8318\n${'# new\n'.repeat(50_000)}`;

/** A file system of 256 KiB of its own, with this much free. */
function smallDisk(): { readonly folder: string; readonly fill: (freeKb: number) => void } {
  const folder = tempFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', [folder]));
  const fill = (freeKb: number) => {
    for (let kb = 0; ; kb += 4) {
      try {
        writeFileSync(join(folder, `fill-${kb}`), Buffer.alloc(4_096));
      } catch {
        break;
      }
    }
    for (let kb = 0; kb < freeKb; kb += 4) unlinkSync(join(folder, `fill-${kb}`));
  };
  return { folder, fill };
}

interface Places {
  readonly path: string;
  readonly journal: string;
  readonly ledger: string;
}

async function write(
  { path, journal, ledger }: Places,
  text: string,
  after: (step: WriteStep) => void = () => undefined,
): Promise<Result<unknown, WriteError>> {
  const target = await openTarget(path, 'write');
  if (!target.ok) throw new Error(target.error.code);
  onTestFinished(() => target.value.close());
  const newBytes = Buffer.from(text);
  const request = { target: target.value, newBytes, journal, ledger: { path: ledger, text: 'new ledger' } };
  return writeInPlace({ ...request, steps: { after } });
}

describe.skipIf(!needsRoot())('on a full disk', () => {
  it.each([0, 4, 64])('the target stays whole, with %i kB left', async (freeKb) => {
    const disk = smallDisk();
    const state = tempFolder();
    const path = join(disk.folder, 'config.yaml');
    const [journal, ledger] = [join(state, 'journal'), join(state, 'ledger')];
    writeFileSync(path, OLD, { mode: 0o640 });
    disk.fill(freeKb);
    const before = statSync(path);
    const steps: WriteStep[] = [];
    const result = await write({ path, journal, ledger }, BIGGER, (step) => void steps.push(step));
    expect(result).toEqual({ ok: false, error: { code: 'disk-full', path } });
    expect(steps, 'no byte of the old text was touched').toEqual([
      'journal-prepared',
      'journal-written',
      'checked',
    ]);
    expect(readFileSync(path, 'utf8')).toBe(OLD);
    expect(statSync(path)).toMatchObject({ ino: before.ino, mode: before.mode, size: before.size });
    expect(readdirSync(state)).toEqual([]);
  });

  it('a change of the same length goes on', async () => {
    const disk = smallDisk();
    const state = tempFolder();
    const path = join(disk.folder, 'config.yaml');
    writeFileSync(path, OLD);
    disk.fill(0);
    const places = { path, journal: join(state, 'journal'), ledger: join(state, 'ledger') };
    expect((await write(places, OLD.replace('8317', '8318'))).ok).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(OLD.replace('8317', '8318'));
  });

  it('a write that was stopped is not made worse by settling, and is finished later', async () => {
    const disk = smallDisk();
    const state = tempFolder();
    const path = join(disk.folder, 'config.yaml');
    const [journal, ledger] = [join(state, 'journal'), join(state, 'ledger')];
    const contents = { target: path, oldBytes: Buffer.from(OLD), newBytes: Buffer.from(BIGGER), from: 0 };
    await writeJournal(
      journal,
      { ...contents, ledger: { path: ledger, text: 'new ledger' } },
      () => undefined,
    );
    const half = BIGGER.slice(0, 100) + OLD.slice(100);
    writeFileSync(path, half);
    disk.fill(0);
    const keep = () => Promise.resolve(ok(undefined));
    const question = { journal, target: path, parses: () => false };
    const settle = () => settleJournal({ ...question, keep, ledgerFolder: state, nowMs: Date.now() });
    expect(await settle()).toEqual({ ok: false, error: { code: 'disk-full', path } });
    expect(readFileSync(path, 'utf8').trimEnd()).toBe(half.trimEnd());
    expect(readdirSync(state)).toEqual(['journal']);
    execFileSync('mount', ['-o', 'remount,size=2m', disk.folder]);
    expect(await settle()).toMatchObject({ ok: true, value: { kind: 'finish' } });
    expect(readFileSync(path, 'utf8')).toBe(BIGGER);
    expect(readdirSync(state)).toEqual(['ledger']);
  });

  it('nothing is begun where the state folder is the full one', async () => {
    const disk = smallDisk();
    const path = join(tempFolder(), 'config.yaml');
    const [journal, ledger] = [join(disk.folder, 'journal'), join(disk.folder, 'ledger')];
    writeFileSync(path, OLD);
    writeFileSync(ledger, 'old ledger');
    disk.fill(0);
    const result = await write({ path, journal, ledger }, BIGGER);
    expect(result).toEqual({ ok: false, error: { code: 'disk-full', path: journal } });
    expect(readFileSync(path, 'utf8')).toBe(OLD);
    expect(readFileSync(ledger, 'utf8')).toBe('old ledger');
    expect(readdirSync(disk.folder).filter((name) => !name.startsWith('fill-'))).toEqual(['ledger']);
  });

  it('no lock is made, and that is said', async () => {
    const disk = smallDisk();
    disk.fill(0);
    const path = join(disk.folder, 'lock');
    const result = await acquireLock(path, { clock: systemClock(), waitMs: 0 });
    expect(result).toEqual({ ok: false, error: { code: 'disk-full', path } });
    expect(readdirSync(disk.folder).filter((name) => !name.startsWith('fill-'))).toEqual([]);
  });

  it('a ledger that can’t follow its target is written by the next settling', async () => {
    const disk = smallDisk();
    const [path, journal] = [join(tempFolder(), 'config.yaml'), join(tempFolder(), 'journal')];
    mkdirSync(join(disk.folder, 'ours'), { mode: 0o700 });
    const ledger = join(disk.folder, 'ours', 'ledger');
    writeFileSync(path, OLD);
    writeFileSync(ledger, 'old ledger');
    disk.fill(0);
    const full = { ok: false, error: { code: 'disk-full', path: ledger } };
    expect(await write({ path, journal, ledger }, BIGGER)).toEqual(full);
    expect(readFileSync(ledger, 'utf8')).toBe('old ledger');
    const keep = () => Promise.resolve(ok(undefined));
    const question = { journal, target: path, parses: () => true };
    const settle = () =>
      settleJournal({ ...question, keep, ledgerFolder: dirname(ledger), nowMs: Date.now() });
    expect(await settle()).toEqual(full);
    unlinkSync(join(disk.folder, 'fill-0'));
    expect(await settle()).toMatchObject({ ok: true, value: { kind: 'file-is-new' } });
    expect(readFileSync(path, 'utf8')).toBe(BIGGER);
    expect(readFileSync(ledger, 'utf8')).toBe('new ledger');
    expect(existsSync(journal)).toBe(false);
  });
});
