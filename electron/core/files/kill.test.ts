import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../shared/result.ts';
import { childProgram } from '../../testing/child-program.ts';
import type { WriteTask } from '../../testing/children/write-in-place.ts';
import { rounds } from '../../testing/nightly.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { systemClock } from '../support/clock.ts';
import { acquireLock } from './lock.ts';
import { settleJournal } from './settle-journal.ts';
import { targetFolder } from './state-folder.ts';

const LEDGERS = ['ledger A', 'ledger B'] as const;

interface Scene {
  readonly texts: readonly [string, string];
  readonly task: WriteTask;
  /** Makes file and ledger A again, as they were before any write. */
  readonly reset: () => void;
}

function scene(a: string, b: string): Scene {
  const [folder, state] = [tempFolder(), tempFolder()];
  const [target, ledger] = [join(folder, 'config.yaml'), join(state, 'ledger.json')];
  const versions = [0, 1].map((at) => ({
    file: join(folder, `text-${at}`),
    ledger: LEDGERS[at === 0 ? 1 : 0],
  }));
  writeFileSync(versions[0]?.file ?? '', b);
  writeFileSync(versions[1]?.file ?? '', a);
  const reset = () => {
    writeFileSync(target, a);
    writeFileSync(ledger, LEDGERS[0]);
  };
  reset();
  return { texts: [a, b], task: { target, state, ledger, versions }, reset };
}

/** What the next of us does first; returns whether file and ledger are A's or B's, the same for both. */
async function settled({ texts, task }: Scene): Promise<'A' | 'B'> {
  const { ino } = statSync(task.target);
  const { folder, lock, journal } = targetFolder(task.state, task.target);
  mkdirSync(folder, { recursive: true });
  const clock = systemClock();
  const held = await acquireLock(lock, { clock, waitMs: 20_000 });
  if (!held.ok) throw new Error(JSON.stringify(held.error));
  const keep = () => Promise.resolve(ok(undefined));
  const nowMs = clock.now();
  const question = { journal, target: task.target, parses: () => false };
  const result = await settleJournal({ ...question, keep, ledgerFolder: task.state, nowMs });
  expect(result.ok).toBe(true);
  await held.value.release();
  const version = texts.indexOf(readFileSync(task.target, 'utf8'));
  expect(version, 'the file is A or B, byte for byte').not.toBe(-1);
  expect(readFileSync(task.ledger, 'utf8')).toBe(LEDGERS[version]);
  expect(readdirSync(folder), 'neither journal nor lock nor temporary files').toEqual([]);
  expect(readdirSync(task.state).sort()).toEqual(['ledger.json', 'targets']);
  expect(statSync(task.target).ino).toBe(ino);
  return version === 0 ? 'A' : 'B';
}

interface ChildEnd {
  readonly stdout: string;
  readonly stderr: string;
  readonly signal: string | null;
}

/** Runs a write that kills itself after so many steps; returns the last step, or undefined where it got to its end. */
async function writeAndDie(task: WriteTask): Promise<string | undefined> {
  const run = promisify(execFile)(process.execPath, [childProgram('write-in-place'), JSON.stringify(task)]);
  const { stdout, stderr, signal } = await run.then(
    (output) => ({ ...output, signal: null }),
    (error: unknown) => error as ChildEnd,
  );
  if (signal === 'SIGKILL') return stdout;
  expect(stdout, stderr).toMatch(/^\{"steps":/);
  return undefined;
}

describe('a write that is killed after a step', () => {
  const shared = 'port: 8317\ndebug: true\n';
  const entry = (name: string) => `claude-api-key:\n  - api-key: sk-test-${name}\n    prefix: ${name}-\n`;
  const changes = [
    ['grows', `${shared}# end\n`, `${shared}${entry('one')}# end\n`],
    ['shrinks', `${shared}${entry('one')}# end\n`, `${shared}# end\n`],
    ['keeps its length', `${shared}${entry('one')}# end\n`, `${shared}${entry('two')}# end\n`],
    ['appends', shared, `${shared}${entry('one')}`],
    ['cuts the end', `${shared}${entry('one')}`, shared],
    ['starts from an empty file', '', entry('one')],
    ['has no newline at its end', `${shared}x: 1`, `${entry('one')}x: 1`],
  ] as const;

  it.each(changes)('is settled to old or new, at every step, where the file %s', async (...[, a, b]) => {
    const at = scene(a, b);
    const ended: (readonly [string, 'A' | 'B'])[] = [];
    for (let dieAfter = 1; ; dieAfter++) {
      at.reset();
      const step = await writeAndDie({ ...at.task, chunkBytes: 16, dieAfter });
      const version = await settled(at);
      if (step === undefined) {
        expect(version).toBe('B');
        break;
      }
      ended.push([step, version]);
    }
    const steps = new Set(ended.map(([step]) => step));
    const parts = [b.length > a.length ? ['grown-part'] : [], ['written-part']].flat();
    expect([...steps].sort()).toEqual(
      [
        ...parts,
        ...[
          'journal-prepared',
          'journal-written',
          'checked',
          'grown',
          'written',
          'truncated',
          'synced',
          'in-place',
        ],
        ...['ledger-prepared', 'ledger-written', 'journal-dropped'],
      ].sort(),
    );
    // Once it is new it stays new: a step later never goes back.
    expect(ended.map(([, version]) => version).join('')).toMatch(/^A+B+$/);
  });
});

/** Waits until the child has written so many times, or ended. */
async function turnsOf(output: Readable, count: number): Promise<void> {
  let seen = 0;
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    seen += String(chunk).length;
    if (seen >= count) return;
  }
}

describe('a write that is killed at any moment', () => {
  const text = (size: number, key: string) => {
    const filler = `# ${'x'.repeat(76)}\n`.repeat(Math.ceil(size / 158));
    return `${filler}claude-api-key:\n  - api-key: ${key}\n${filler}`;
  };

  it.each([
    [6_000, 'short', 'sk-test-1', 'sk-test-2'],
    [200_000, 'long', 'sk-test-1', `sk-test-${'2'.repeat(5_000)}`],
  ])('is settled to old or new, with %i bytes and a %s key', async (...[size, , keyA, keyB]) => {
    const at = scene(text(size, keyA), text(size, keyB));
    for (let round = 0; round < rounds(25, 500); round++) {
      const task = JSON.stringify({ ...at.task, turns: 1_000_000 });
      const child = spawn(process.execPath, [childProgram('write-in-place'), task]);
      const exit = once(child, 'exit');
      await turnsOf(child.stdout, 1 + (round % 3));
      await sleep(Math.random() * 20);
      child.kill('SIGKILL');
      expect(await exit).toEqual([null, 'SIGKILL']);
      await settled(at);
    }
  });
});

describe('a settling that is killed', () => {
  it('is settled by the next', async () => {
    const at = scene('port: 1\nkey: one\n', 'port: 1\nkey: another one\n');
    await writeAndDie({ ...at.task, chunkBytes: 4, dieAfter: 8 });
    // The child settles first, then dies in a write of its own that goes back to A.
    const back = { ...at.task, versions: at.task.versions.slice(1), chunkBytes: 4 };
    await writeAndDie({ ...back, dieAfter: 5 });
    expect(['A', 'B']).toContain(await settled(at));
    expect(existsSync(at.task.target)).toBe(true);
  });
});
