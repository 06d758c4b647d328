import { describe, expect, it } from 'vitest';
import type { TargetState } from '../../../shared/schema/state.ts';
import { must } from '../../testing/engine-home.ts';
import { localTarget } from '../../testing/live-home.ts';
import { OFFICE_KEY, prefixesOn, TO_OFFICE } from '../../testing/office-home.ts';
import type { RemoteTrouble } from '../../testing/remote-fault-script.ts';
import { MINUTE_MS, syncedOffice, timedOffice, type TimedOffice } from '../../testing/timed-office.ts';

const NAMES = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9', 'b1'];

function writes({ server }: TimedOffice): number {
  return server.requests.filter(({ method }) => method !== 'GET').length;
}

function waitMs({ clock, office: current }: TimedOffice): number | null {
  const retryAtMs = current().error?.retryAtMs ?? null;
  return retryAtMs === null ? null : retryAtMs - clock.now();
}

describe('a server that is away', () => {
  it('is tried after 1, 2, 4 … seconds up to 5 minutes', async () => {
    const at = await syncedOffice();
    await at.server.setFault({ kind: 'status', status: 500 });
    const delays: (number | null)[] = [];
    at.engine.hint();
    for (let attempt = 1; attempt <= 11; attempt += 1) {
      await at.until(() => at.office().state === 'offline' && at.office().remote?.busy === false);
      const delayMs = waitMs(at) ?? 0;
      delays.push(delayMs / 1000);
      await at.pass(delayMs);
      await at.until(() => (waitMs(at) ?? 0) > 0 && at.office().remote?.busy === false);
    }
    expect(delays.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
    expect(delays.slice(8)).toEqual([256, 300, 300]);
  });

  it('is written once when it comes back, however much changed meanwhile', async () => {
    const at = await syncedOffice();
    const before = { writes: writes(at), requests: at.server.requests.length };
    await at.server.setFault({ kind: 'refuse' });
    for (const name of NAMES) {
      at.save(name);
      await at.pass(20_000);
    }
    at.save('a1', { ANTHROPIC_MODEL: 'the-newest' });
    await at.pass(10_000);
    // What has begun by then takes real time.
    await at.until(() => at.home.readConfig().includes('the-newest'));
    await at.until(() => at.office().state === 'offline' && at.office().remote?.waiting === NAMES.length);
    expect(at.office()).toMatchObject({
      state: 'offline',
      error: { error: { code: 'remote-fault', fault: { code: 'unreachable', reason: 'ECONNREFUSED' } } },
      remote: { waiting: NAMES.length },
    });
    await at.until(() => localTarget(at.engine.state()).state === 'in-sync');
    await at.server.setFault(null);
    await at.pass(5 * MINUTE_MS);
    expect(prefixesOn(at.server)).toEqual([...NAMES.map((name) => `${name}-`), 'glm-']);
    expect(writes(at) - before.writes).toBe(1);
    expect(JSON.stringify(at.server.entries())).toContain('the-newest');
    expect(at.office()).toMatchObject({ state: 'in-sync', error: null, remote: { waiting: 0 } });
  });

  it.each(['the network', 'the machine', 'a host that knows'])(
    'is tried at once when %s comes back',
    async (what) => {
      const at = await syncedOffice();
      await at.server.setFault({ kind: 'refuse' });
      at.save('km');
      await at.pass(10 * MINUTE_MS);
      expect(at.office().remote?.waiting).toBe(1);
      // Just begun to wait anew.
      await at.pass((waitMs(at) ?? 0) > 60_000 ? 0 : 60_000);
      expect(waitMs(at)).toBeGreaterThan(60_000);
      await at.server.setFault(null);
      const startMs = at.clock.now();
      if (what === 'the network') at.setNetwork('elsewhere');
      if (what === 'the machine') await at.clock.leap(20_000);
      if (what === 'a host that knows') at.engine.hint();
      while (at.office().state !== 'in-sync') await at.pass(1000);
      expect(at.clock.now() - startMs).toBeLessThanOrEqual(26_000);
      expect(prefixesOn(at.server)).toEqual(['glm-', 'km-']);
    },
  );

  it('is tried at once when a person asks, who hears what came of it', async () => {
    const at = await syncedOffice();
    await at.server.setFault({ kind: 'refuse' });
    at.save('km');
    await at.pass(10 * MINUTE_MS);
    const refused = at.engine.sync(TO_OFFICE);
    expect(await refused).toMatchObject({ ok: false, error: { code: 'remote-fault', target: 'office' } });
    await at.server.setFault(null);
    expect(must(await at.engine.sync(TO_OFFICE)).outcome).toBe('written');
    expect(at.office()).toMatchObject({ state: 'in-sync', error: null });
  });

  it('is not tried by itself while it is paused', async () => {
    const at = await syncedOffice();
    await at.server.setFault({ kind: 'status', status: 503 });
    await at.pass(2 * MINUTE_MS);
    expect(at.office().state).toBe('offline');
    must(await at.engine.updateTarget({ id: 'office', paused: true }));
    expect(at.office().error).toMatchObject({ retryAtMs: null });
    await at.pass(1000);
    const asked = at.server.withKey();
    at.save('km');
    at.setNetwork('elsewhere');
    await at.pass(10 * MINUTE_MS);
    at.engine.hint();
    await at.pass(MINUTE_MS);
    expect(at.server.withKey()).toBe(asked);
    expect(at.office().remote?.waiting).toBe(1);
  });
});

const refusals: readonly (readonly [RemoteTrouble, TargetState['state'], string])[] = [
  [{ kind: 'wrong-key' }, 'auth-failed', 'wrong-key'],
  [{ kind: 'forbidden' }, 'auth-failed', 'forbidden'],
  [{ kind: 'redirect' }, 'error', 'redirect'],
];

describe('a server that refuses us', () => {
  it.each(refusals)('gets the key once, whatever changes here: %j', async (trouble, state, code) => {
    const at = await syncedOffice();
    await at.server.setFault(trouble);
    const asked = at.server.withKey();
    for (const name of NAMES) {
      at.save(name);
      await at.pass(30_000);
    }
    at.setNetwork('elsewhere');
    at.engine.hint();
    await at.clock.leap(60 * MINUTE_MS);
    await at.pass(MINUTE_MS);
    expect(at.server.withKey() - asked).toBe(1);
    expect(at.server.elsewhere).toEqual([]);
    expect(at.office()).toMatchObject({
      state,
      error: { error: { fault: { code } }, retryAtMs: null },
      remote: { waiting: NAMES.length },
    });
    expect(localTarget(at.engine.state()).state).toBe('in-sync');
  });

  it('is asked again when another key is given, and written then', async () => {
    const at = await syncedOffice();
    const { id } = at.office();
    must(await at.engine.updateTarget({ id, key: { kind: 'typed', key: 'sk-test-another' } }));
    await at.until(() => at.office().state === 'auth-failed' && at.office().remote?.busy === false);
    const refused = at.server.withKey();
    at.save('km');
    await at.pass(2 * MINUTE_MS);
    // Neither a name nor a choice of profiles makes the key a right one.
    must(await at.engine.updateTarget({ id, name: 'Office', profiles: ['glm', 'km'] }));
    await at.pass(2 * MINUTE_MS);
    expect(at.server.withKey()).toBe(refused);
    expect(at.office()).toMatchObject({ name: 'Office', state: 'auth-failed', remote: { waiting: 1 } });
    must(await at.engine.updateTarget({ id, key: { kind: 'typed', key: OFFICE_KEY } }));
    await at.until(() => at.office().state === 'in-sync');
    expect(prefixesOn(at.server)).toEqual(['glm-', 'km-']);
  });

  it('for some time is asked again when that is over', async () => {
    const at = await syncedOffice();
    await at.server.setFault({ kind: 'banned', wait: '28m0s' });
    at.save('km');
    await at.pass(MINUTE_MS);
    const asked = at.server.withKey();
    expect(at.office()).toMatchObject({
      state: 'auth-failed',
      error: { error: { fault: { code: 'banned' } } },
    });
    await at.server.setFault(null);
    at.engine.hint();
    await at.pass(26 * MINUTE_MS);
    expect(at.server.withKey()).toBe(asked);
    await at.pass(2 * MINUTE_MS);
    expect(at.office().state).toBe('in-sync');
    expect(prefixesOn(at.server)).toEqual(['glm-', 'km-']);
  });

  it('to hear of its own file is looked at every five minutes, and never written before', async () => {
    const at = await syncedOffice();
    const before = writes(at);
    at.server.setFileEntries([]);
    at.save('km');
    await at.pass(2 * MINUTE_MS);
    expect(at.office()).toMatchObject({ state: 'not-loaded', error: { error: { fault: { code: 'deaf' } } } });
    expect(waitMs(at)).toBeGreaterThan(2 * MINUTE_MS);
    expect(writes(at)).toBe(before);
    at.server.setFileEntries(null);
    await at.pass(5 * MINUTE_MS);
    expect(at.office().state).toBe('in-sync');
    expect(prefixesOn(at.server)).toEqual(['glm-', 'km-']);
  });
});

describe('a server in line', () => {
  it('is read once a minute, and never written', async () => {
    const at = await syncedOffice();
    await at.pass(1000);
    const before = { asked: at.server.withKey(), written: writes(at) };
    await at.pass(10 * MINUTE_MS);
    expect(at.server.withKey() - before.asked).toBe(2 * 10);
    expect(writes(at)).toBe(before.written);
  });

  it('by hand is not read at all', async () => {
    const at = await timedOffice({ mode: 'manual' });
    await at.until(() => at.office().state === 'pending' && at.office().remote?.busy === false);
    const asked = at.server.withKey();
    await at.pass(10 * MINUTE_MS);
    expect(at.server.withKey()).toBe(asked);
  });
});
