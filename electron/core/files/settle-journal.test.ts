import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../shared/result.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { inspectJournal, type JournalOutcome } from './inspect-journal.ts';
import { writeJournal } from './journal.ts';
import { settleJournal, type SettleRequest } from './settle-journal.ts';
import { temporaryPath } from './temporary-file.ts';

const OLD = 'port: 1\nold: 1\n';
const NEW = 'port: 1\nnewer: 22\n';
const LEDGER = 'new ledger';
const HALF = 'port: 1\nnewe 1\n\n\n\n';

interface Scene {
  readonly path: string;
  readonly state: string;
  readonly ledger: string;
  readonly kept: string[];
  readonly request: SettleRequest;
  /** The file, the ledger, and whether there is a journal. */
  now(): readonly [string | undefined, string | undefined, boolean];
}

/** A target with this text, a ledger `old ledger`, and the journal of a write from OLD to NEW. Valid YAML here: no `!`. */
async function scene(file: string): Promise<Scene> {
  const state = tempFolder();
  const [path, ledger, journal] = [
    join(tempFolder(), 'config.yaml'),
    join(state, 'ledger'),
    join(state, 'journal'),
  ];
  writeFileSync(path, file);
  writeFileSync(ledger, 'old ledger');
  const from = 8;
  const content = { target: path, oldBytes: Buffer.from(OLD), newBytes: Buffer.from(NEW), from };
  const written = await writeJournal(
    journal,
    { ...content, ledger: { path: ledger, text: LEDGER } },
    () => undefined,
  );
  expect(written.ok).toBe(true);
  const kept: string[] = [];
  const keep = (bytes: Uint8Array) => Promise.resolve(ok(void kept.push(Buffer.from(bytes).toString())));
  const parses = (bytes: Uint8Array) => !Buffer.from(bytes).toString().includes('!');
  const read = (name: string) => (existsSync(name) ? readFileSync(name, 'utf8') : undefined);
  const now = () => [read(path), read(ledger), existsSync(journal)] as const;
  return {
    path,
    state,
    ledger,
    kept,
    now,
    request: { journal, target: path, parses, keep, ledgerFolder: state, nowMs: Date.now() },
  };
}

async function settled({ request }: Scene): Promise<JournalOutcome> {
  const result = await settleJournal(request);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('settleJournal', () => {
  it('does nothing where there is no journal', async () => {
    const at = await scene(OLD);
    unlinkSync(at.request.journal);
    expect(await settled(at)).toEqual({ kind: 'none' });
    expect(at.now()).toEqual([OLD, 'old ledger', false]);
  });

  it.each([
    ['the old text', OLD, 'file-is-old', OLD, 'old ledger'],
    ['the old text and our padding', `${OLD}\n\n`, 'file-is-old', OLD, 'old ledger'],
    ['the old text and newlines of others', `${OLD}\n\n\n\n`, 'file-is-old', `${OLD}\n\n\n\n`, 'old ledger'],
    ['the new text', NEW, 'file-is-new', NEW, LEDGER],
    ['the new text and newlines of others', `${NEW}\n`, 'file-is-new', `${NEW}\n`, LEDGER],
    ['the begin of the new text, then the old', HALF, 'finish', NEW, LEDGER],
    ['the old text, then a block of the new', 'port: 1\nold:r: 22\n', 'finish', NEW, LEDGER],
    ['what somebody else wrote', 'port: 2\n', 'overtaken', 'port: 2\n', 'old ledger'],
  ])('brings a file with %s and its ledger together', async (...[, file, kind, text, ledger]) => {
    const at = await scene(file);
    const outcome = await settled(at);
    expect(outcome.kind).toBe(kind);
    expect(at.now()).toEqual([text, ledger, false]);
    expect(at.kept).toEqual(kind === 'overtaken' ? [NEW] : []);
    if ('bytes' in outcome) expect(Buffer.from(outcome.bytes).toString()).toBe(text);
  });

  it('finishes in place', async () => {
    const at = await scene(HALF);
    const { ino, mode } = statSync(at.path);
    expect((await settled(at)).kind).toBe('finish');
    expect(statSync(at.path)).toMatchObject({ ino, mode });
  });

  it('keeps file and journal where the file is neither ours nor whole', async () => {
    const at = await scene('port: !half');
    const error = { code: 'journal-conflict', path: at.path, journal: at.request.journal };
    expect(await settleJournal(at.request)).toEqual({ ok: false, error });
    expect(at.now()).toEqual(['port: !half', 'old ledger', true]);
    expect(at.kept).toEqual([]);
  });

  it('keeps what was to be written where the file is gone', async () => {
    const at = await scene(OLD);
    unlinkSync(at.path);
    expect((await settled(at)).kind).toBe('overtaken');
    expect(at.now()).toEqual([undefined, 'old ledger', false]);
    expect(at.kept).toEqual([NEW]);
  });

  it('keeps the journal where history can’t take its text', async () => {
    const at = await scene('port: 2\n');
    const failed = { ok: false, error: { code: 'disk-full', path: '/history' } } as const;
    const keep = () => Promise.resolve(failed);
    expect(await settleJournal({ ...at.request, keep })).toEqual(failed);
    expect(at.now()).toEqual(['port: 2\n', 'old ledger', true]);
  });

  it('judges a file that was renamed over the target by what it holds', async () => {
    const at = await scene('whatever');
    writeFileSync(`${at.path}.new`, NEW);
    renameSync(`${at.path}.new`, at.path);
    expect((await settled(at)).kind).toBe('file-is-new');
    expect(at.now()).toEqual([NEW, LEDGER, false]);
  });

  it('makes the ledger’s folder anew where it is gone', async () => {
    const at = await scene(NEW);
    const journal = join(tempFolder(), 'journal');
    renameSync(at.request.journal, journal);
    rmSync(at.state, { recursive: true });
    await settled({ ...at, request: { ...at.request, journal } });
    expect(readFileSync(at.ledger, 'utf8')).toBe(LEDGER);
  });

  it.each([
    ['with', NEW],
    ['without', undefined],
  ])('removes the temporary files of the one who was killed, %s a journal', async (_, file) => {
    const at = await scene(file ?? OLD);
    if (file === undefined) unlinkSync(at.request.journal);
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    writeFileSync(temporaryPath(at.ledger).replace(`.${process.pid}.`, `.${pid}.`), '');
    await settled(at);
    expect(readdirSync(at.state)).toEqual(['ledger']);
  });

  describe('with a journal that can’t be read', () => {
    const damages: readonly (readonly [string, (text: Buffer) => Buffer | string])[] = [
      ['is empty', () => ''],
      ['is no journal', () => 'x\ny'],
      ['is cut', (data) => data.subarray(0, data.length - 1)],
      ['has another byte', (data) => Buffer.concat([data.subarray(0, -1), Buffer.from('?')])],
      ['is of another format', (data) => data.toString().replace('"format":1', '"format":2')],
      ['is about another file', (data) => data.toString().replace('config.yaml', 'other.yaml')],
    ];

    it.each(damages)('puts it aside where it %s and the file is whole', async (_, damage) => {
      const at = await scene('port: 3\n');
      const damaged = damage(readFileSync(at.request.journal));
      writeFileSync(at.request.journal, damaged);
      expect(await settled(at)).toEqual({ kind: 'broken-journal' });
      expect(at.now()).toEqual(['port: 3\n', 'old ledger', false]);
      expect(readFileSync(`${at.request.journal}.broken`)).toEqual(Buffer.from(damaged));
      expect(await settled(at)).toEqual({ kind: 'none' });
    });

    it.each(damages)('keeps both where it %s and the file is not whole', async (_, damage) => {
      const at = await scene('port: !half');
      writeFileSync(at.request.journal, damage(readFileSync(at.request.journal)));
      expect(await settleJournal(at.request)).toMatchObject({
        ok: false,
        error: { code: 'journal-conflict' },
      });
      expect(at.now()).toEqual(['port: !half', 'old ledger', true]);
    });

    it('says why the system refuses it', async () => {
      const at = await scene(OLD);
      unlinkSync(at.request.journal);
      mkdirSync(at.request.journal);
      const error = { code: 'state-unusable', path: at.request.journal, reason: 'EISDIR' };
      expect(await settleJournal(at.request)).toEqual({ ok: false, error });
    });
  });
});

describe('inspectJournal', () => {
  it.each([
    ['old', OLD, { kind: 'file-is-old', bytes: OLD }],
    ['old and padded', `${OLD}\n`, { kind: 'file-is-old', bytes: OLD }],
    ['new', NEW, { kind: 'file-is-new', bytes: NEW }],
    ['half new', HALF, { kind: 'finish', bytes: NEW }],
    ['another’s', 'port: 2\n', { kind: 'overtaken', journalBytes: NEW }],
    ['broken', 'port: !half', { kind: 'conflict' }],
  ])(
    'tells what settling would give of a file that is %s, and writes nothing',
    async (...[, file, expected]) => {
      const at = await scene(file);
      chmodSync(at.path, 0o400);
      const before = readFileSync(at.request.journal);
      const result = await inspectJournal(at.request);
      const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
      const shown = !result.ok
        ? result
        : {
            kind: result.value.kind,
            ...('bytes' in result.value ? { bytes: text(result.value.bytes) } : {}),
            ...('journalBytes' in result.value ? { journalBytes: text(result.value.journalBytes) } : {}),
          };
      expect(shown).toEqual(expected);
      expect(at.now()).toEqual([file, 'old ledger', true]);
      expect(readFileSync(at.request.journal)).toEqual(before);
      expect(readdirSync(at.state).sort()).toEqual(['journal', 'ledger']);
    },
  );

  it('gives the ledger that is yet to be written', async () => {
    const at = await scene(NEW);
    const ledger = { path: at.ledger, text: LEDGER };
    expect(await inspectJournal(at.request)).toMatchObject({
      ok: true,
      value: { kind: 'file-is-new', ledger },
    });
  });

  it('finds no journal in a state folder that was never made', async () => {
    const at = await scene(OLD);
    const journal = join(at.state, 'targets', 'x', 'journal');
    expect(await inspectJournal({ ...at.request, journal })).toEqual({ ok: true, value: { kind: 'none' } });
  });
});
