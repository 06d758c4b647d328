/**
 * Adds one to the number in a file, again and again, each time under the lock. Writes `overlap` where another
 * process is under the lock at the same time. Told `abandon`, it leaves each lock behind as a process killed does.
 */
import { closeSync, openSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { acquireLock } from '../../core/files/lock.ts';
import { systemClock } from '../../core/support/clock.ts';

export interface LockTask {
  readonly lock: string;
  readonly counter: string;
  readonly rounds: number;
  readonly abandon: boolean;
}

const task = JSON.parse(process.argv[2] ?? '') as LockTask;

/** Makes the lock one whose process is dead, in one step, with an id of its own. */
function abandonLock(round: number): void {
  const content = JSON.parse(readFileSync(task.lock, 'utf8')) as Record<string, unknown>;
  const dead = { ...content, started: '1', id: `dead-${process.pid}-${round}` };
  const temporary = `${task.lock}-${process.pid}`;
  writeFileSync(temporary, JSON.stringify(dead));
  renameSync(temporary, task.lock);
}

async function run(): Promise<void> {
  const clock = systemClock();
  for (let round = 0; round < task.rounds; round++) {
    const lock = await acquireLock(task.lock, { clock, waitMs: 50_000, pollMs: 1 });
    if (!lock.ok) throw new Error(JSON.stringify(lock.error));
    closeSync(openSync(`${task.counter}.inside`, 'wx'));
    const count = Number(readFileSync(task.counter, 'utf8'));
    await clock.sleep(1);
    writeFileSync(task.counter, String(count + 1));
    unlinkSync(`${task.counter}.inside`);
    if (task.abandon) abandonLock(round);
    else await lock.value.release();
  }
}

run().then(
  () => process.stdout.write('done'),
  (error: unknown) => process.stdout.write(`overlap or failure: ${String(error)}`),
);
