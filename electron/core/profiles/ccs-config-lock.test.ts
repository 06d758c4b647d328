import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../shared/result.ts';
import { emptyCcsHome } from '../../testing/ccs-home.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { systemClock } from '../support/clock.ts';
import { underCcsLock } from './ccs-config-lock.ts';

/** The pid of a process that is dead for certain. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe("CCS's lock", () => {
  it('stands in CCS’s format while we work, and goes with us', async () => {
    const { ccsDirectory } = emptyCcsHome();
    const path = join(ccsDirectory, 'config.yaml.lock');
    const clock = fakeClock();
    const seen = await underCcsLock({ ccsDirectory, clock }, () =>
      Promise.resolve(ok(readFileSync(path, 'utf8'))),
    );
    const lines = (seen.ok ? seen.value : '').split('\n');
    expect(lines).toEqual([
      String(process.pid),
      String(clock.now()),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
    expect(readdirSync(ccsDirectory)).toEqual([]);
  });

  it('goes where the work throws', async () => {
    const { ccsDirectory } = emptyCcsHome();
    const work = underCcsLock({ ccsDirectory, clock: fakeClock() }, () => Promise.reject(new Error('bug')));
    await expect(work).rejects.toThrow('bug');
    expect(readdirSync(ccsDirectory)).toEqual([]);
  });

  it('of a living process is waited for, and then respected', async () => {
    const { ccsDirectory } = emptyCcsHome();
    const path = join(ccsDirectory, 'config.yaml.lock');
    // However old: CCS does not take over from the living either.
    writeFileSync(path, `${process.pid}\n1\nother`);
    const clock = fakeClock();
    const result = await underCcsLock({ ccsDirectory, clock }, () => Promise.resolve(ok('worked')));
    expect(result).toEqual({ ok: false, error: { code: 'ccs-config-locked', path, pid: process.pid } });
    expect(clock.sleptMs.length).toBeGreaterThan(10);
    expect(readFileSync(path, 'utf8')).toBe(`${process.pid}\n1\nother`);
  });

  it('of a dead process is taken over', async () => {
    const { ccsDirectory } = emptyCcsHome();
    writeFileSync(join(ccsDirectory, 'config.yaml.lock'), `${deadPid()}\n${Date.now()}\nother`);
    const result = await underCcsLock({ ccsDirectory, clock: fakeClock() }, () =>
      Promise.resolve(ok('worked')),
    );
    expect(result).toEqual(ok('worked'));
    expect(readdirSync(ccsDirectory)).toEqual([]);
  });

  it('without legible content is taken over once it is old', async () => {
    const { ccsDirectory } = emptyCcsHome();
    const path = join(ccsDirectory, 'config.yaml.lock');
    writeFileSync(path, '');
    const fresh = await underCcsLock({ ccsDirectory, clock: fakeClock() }, () =>
      Promise.resolve(ok('worked')),
    );
    expect(fresh).toMatchObject({ error: { code: 'ccs-config-locked', pid: 0 } });
    utimesSync(path, 1, 1);
    const old = await underCcsLock({ ccsDirectory, clock: fakeClock() }, () => Promise.resolve(ok('worked')));
    expect(old).toEqual(ok('worked'));
  });

  it('lets one at a time work', async () => {
    const { ccsDirectory } = emptyCcsHome();
    let working = 0;
    const works = Array.from({ length: 8 }, () =>
      underCcsLock({ ccsDirectory, clock: systemClock() }, async () => {
        working++;
        const most = working;
        await new Promise((resolve) => setTimeout(resolve, 5));
        working--;
        return ok(most);
      }),
    );
    expect((await Promise.all(works)).map((one) => one.ok && one.value)).toEqual(
      Array.from({ length: 8 }, () => 1),
    );
    expect(existsSync(join(ccsDirectory, 'config.yaml.lock'))).toBe(false);
  });

  it('is an error where the folder can not hold it', async () => {
    const { home } = emptyCcsHome();
    const nowhere = { ccsDirectory: join(home, 'nowhere'), clock: fakeClock() };
    const result = await underCcsLock(nowhere, () => Promise.resolve(ok('worked')));
    expect(result).toMatchObject({ error: { code: 'ccs-config-unusable', reason: 'ENOENT' } });
  });
});
