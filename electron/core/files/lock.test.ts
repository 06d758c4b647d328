import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { childProgram } from '../../testing/child-program.ts';
import type { LockTask } from '../../testing/children/work-under-lock.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { rounds } from '../../testing/nightly.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { systemClock } from '../support/clock.ts';
import { acquireLock, type Lock } from './lock.ts';
import { currentProcess } from './process-identity.ts';

const clock = systemClock();
const ONCE = { clock, waitMs: 0 };

async function taken(path: string): Promise<Lock> {
  const lock = await acquireLock(path, ONCE);
  if (!lock.ok) throw new Error(JSON.stringify(lock.error));
  return lock.value;
}

/** A lock whose holder is this very process, but for what is changed. */
function plant(path: string, change: object): void {
  writeFileSync(path, JSON.stringify({ ...currentProcess(), id: 'planted-1', ...change }));
}

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}

describe('acquireLock', () => {
  it('is held by one at a time, and says by whom', async () => {
    const path = join(tempFolder(), 'lock');
    const lock = await taken(path);
    const error = { code: 'locked', path, pid: process.pid, host: hostname() };
    expect(await acquireLock(path, ONCE)).toEqual({ ok: false, error });
    await lock.release();
    await (await taken(path)).release();
  });

  it('leaves nothing behind, and only the user can read it', async () => {
    const folder = tempFolder();
    const lock = await taken(join(folder, 'lock'));
    expect(readdirSync(folder)).toEqual(['lock']);
    expect(statSync(join(folder, 'lock')).mode & 0o777).toBe(0o600);
    await lock.release();
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('waits for the one who has it', async () => {
    const path = join(tempFolder(), 'lock');
    const lock = await taken(path);
    const waiting = acquireLock(path, { clock, waitMs: 50_000, pollMs: 1 });
    await clock.sleep(20);
    await lock.release();
    expect((await waiting).ok).toBe(true);
  });

  it('waits no longer than it is told', async () => {
    const path = join(tempFolder(), 'lock');
    await taken(path);
    let now = 0;
    const pauses: number[] = [];
    const sleep = (delayMs: number) => {
      pauses.push(delayMs);
      now += delayMs;
      return Promise.resolve();
    };
    const result = await acquireLock(path, { clock: { ...fakeClock(), now: () => now, sleep }, waitMs: 100 });
    expect(result.ok).toBe(false);
    expect(pauses).toEqual([25, 25, 25, 25]);
  });

  it('does not give back what is another’s by now', async () => {
    const path = join(tempFolder(), 'lock');
    const lock = await taken(path);
    unlinkSync(path);
    await taken(path);
    const text = readFileSync(path, 'utf8');
    await lock.release();
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('says why no lock can be made', async () => {
    const path = join(tempFolder(), 'missing', 'lock');
    const error = { code: 'state-unusable', path, reason: 'ENOENT' };
    expect(await acquireLock(path, ONCE)).toEqual({ ok: false, error });
  });
});

describe('a stale lock', () => {
  it.each([
    ['its process is gone', () => ({ pid: deadPid() })],
    ['its pid is another process’s now', () => ({ started: '1' })],
    ['the machine was started anew', () => ({ boot: 'another', space: 'pid:[1]' })],
  ])('is taken over: %s', async (_, change) => {
    const folder = tempFolder();
    const path = join(folder, 'lock');
    plant(path, change());
    const lock = await taken(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ ...currentProcess() });
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is one whose process is dead and was not waited for, as in a container without an init', async () => {
    const script = 'sleep 0 & echo $!; exec sleep 60';
    const parent = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void parent.kill());
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
    const path = join(tempFolder(), 'lock');
    plant(path, { pid: Number(String(pid)), started: '' });
    expect((await acquireLock(path, { clock, waitMs: 50_000 })).ok).toBe(true);
  });

  it.each([
    ['another host has it', { host: 'elsewhere', pid: 4_000_000 }],
    ['a container of the same name has it', { space: 'pid:[1]', pid: 4_000_000 }],
    ['it can’t be told when its process started', { started: '' }],
  ])('is not made of one where %s', async (_, change) => {
    const path = join(tempFolder(), 'lock');
    plant(path, change);
    const text = readFileSync(path, 'utf8');
    const expected = { pid: process.pid, host: hostname(), ...change };
    expect(await acquireLock(path, ONCE)).toMatchObject({
      ok: false,
      error: { code: 'locked', path, pid: expected.pid, host: expected.host },
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('is one without legible content, but not in the seconds when it may be being written', async () => {
    const folder = tempFolder();
    const path = join(folder, 'lock');
    for (const text of ['', '{"pid":', '{"pid":1}']) {
      writeFileSync(path, text);
      expect(await acquireLock(path, ONCE)).toMatchObject({ ok: false, error: { code: 'locked', pid: 0 } });
      const old = Date.now() / 1000 - 60;
      utimesSync(path, old, old);
      await (await taken(path)).release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('is taken over too where another was killed while taking it over', async () => {
    const folder = tempFolder();
    const path = join(folder, 'lock');
    const pid = deadPid();
    plant(path, { pid });
    plant(`${path}.claim-planted-1`, { pid, id: 'planted-2' });
    plant(`${path}.claim-planted-2`, { pid, id: 'planted-3' });
    const lock = await taken(path);
    expect(readdirSync(folder)).toEqual(['lock']);
    await lock.release();
  });

  it('is left to the one who is taking it over', async () => {
    const path = join(tempFolder(), 'lock');
    plant(path, { pid: deadPid() });
    plant(`${path}.claim-planted-1`, { id: 'planted-2' });
    expect(await acquireLock(path, ONCE)).toMatchObject({ ok: false, error: { code: 'locked' } });
  });
});

describe('processes that want one lock', () => {
  async function work(children: number, task: LockTask): Promise<void> {
    writeFileSync(task.counter, '0');
    const run = () =>
      promisify(execFile)(process.execPath, [childProgram('work-under-lock'), JSON.stringify(task)]);
    const ended = await Promise.all(Array.from({ length: children }, run));
    expect(ended.map(({ stdout }) => stdout)).toEqual(Array.from({ length: children }, () => 'done'));
    expect(readFileSync(task.counter, 'utf8')).toBe(String(children * task.rounds));
  }

  it('lose nothing of what they count', async () => {
    const folder = tempFolder();
    const [lock, counter] = [join(folder, 'lock'), join(folder, 'counter')];
    await work(2, { lock, counter, rounds: rounds(50, 500), abandon: false });
    expect(readdirSync(folder)).toEqual(['counter']);
  });

  it('take over stale locks one at a time', async () => {
    const folder = tempFolder();
    const [lock, counter] = [join(folder, 'lock'), join(folder, 'counter')];
    await work(6, { lock, counter, rounds: rounds(25, 250), abandon: true });
    await (await taken(lock)).release();
    expect(readdirSync(folder)).toEqual(['counter']);
  });
});
