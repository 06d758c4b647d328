/**
 * Writes a target as a sync does, for tests that kill it: takes the lock, settles what a predecessor left, opens,
 * writes. Told `dieAfter`, it kills itself after that many steps; told `turns`, it goes on
 * with each text in turn, and prints a point after each.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeInPlace, type WriteStep } from '../../core/files/in-place-write.ts';
import { acquireLock } from '../../core/files/lock.ts';
import { openTarget, resolveTarget } from '../../core/files/open-target.ts';
import { settleJournal } from '../../core/files/settle-journal.ts';
import { ensureFolder, targetFolder } from '../../core/files/state-folder.ts';
import { systemClock } from '../../core/support/clock.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';

/** What a test passes as the only argument, in JSON. */
export interface WriteTask {
  readonly target: string;
  readonly state: string;
  readonly ledger: string;
  /** Each: a file with the new text, and the ledger to go with it. */
  readonly versions: readonly { readonly file: string; readonly ledger: string }[];
  readonly turns?: number;
  readonly chunkBytes?: number;
  readonly dieAfter?: number;
}

const task = JSON.parse(process.argv[2] ?? '') as WriteTask;
const seen: WriteStep[] = [];

class Failed extends Error {
  constructor(readonly failure: unknown) {
    super('failed');
  }
}

function must<T>(result: Result<T, AppError | { readonly code: 'stale' }>): T {
  if (result.ok) return result.value;
  throw new Failed(result.error);
}

async function dieInTime(step: WriteStep): Promise<void> {
  seen.push(step);
  if (seen.length !== task.dieAfter) return;
  process.stdout.write(step);
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
}

async function write(file: string, ledger: string): Promise<void> {
  const clock = systemClock();
  const realPath = must(await resolveTarget(task.target));
  const { folder, lock, journal } = targetFolder(task.state, realPath);
  must(await ensureFolder(folder));
  const held = must(await acquireLock(lock, { clock, waitMs: 20_000 }));
  try {
    const keep = () => Promise.resolve({ ok: true, value: undefined } as const);
    const question = { journal, target: realPath, parses: () => false };
    const ledgerFolder = dirname(task.ledger);
    must(await settleJournal({ ...question, keep, ledgerFolder, nowMs: clock.now() }));
    const target = must(await openTarget(task.target, 'write'));
    const { chunkBytes } = task;
    const steps = chunkBytes === undefined ? { after: dieInTime } : { after: dieInTime, chunkBytes };
    const request = {
      target,
      newBytes: readFileSync(file),
      journal,
      ledger: { path: task.ledger, text: ledger },
    };
    must(await writeInPlace({ ...request, steps }));
    await target.close();
  } finally {
    await held.release();
  }
}

async function run(): Promise<void> {
  for (let turn = 0; turn < (task.turns ?? 1); turn++) {
    const version = task.versions[turn % task.versions.length];
    if (version !== undefined) await write(version.file, version.ledger);
    if (task.turns !== undefined) process.stdout.write('.');
  }
}

run().then(
  () => process.stdout.write(JSON.stringify({ steps: seen })),
  (error: unknown) => {
    process.stdout.write(JSON.stringify({ error: error instanceof Failed ? error.failure : String(error) }));
  },
);
