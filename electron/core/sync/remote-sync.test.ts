import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brief, CHANGE, type EngineHome, engineHome, envOf, must } from '../../testing/engine-home.ts';
import { startFaultyRemote } from '../../testing/faulty-remote.ts';
import { addServer, OFFICE_KEY } from '../../testing/office-home.ts';
import type { FaultyRemote, FaultyRemoteOptions } from '../../testing/open-faulty-remote.ts';

/** An entry that a person made on the server. */
const OWN = {
  'api-key': 'sk-test-canary-own',
  prefix: 'own-',
  'base-url': 'https://own.test/api',
  'proxy-url': '',
  priority: 5,
  headers: { 'X-Team': 'blue' },
  'excluded-models': ['claude-*'],
  cloak: { mode: 'auto', 'strict-mode': true },
  models: [{ name: 'own-model', alias: 'mine', thinking: { levels: ['low'] } }],
} as const;

interface Office {
  readonly home: EngineHome;
  readonly remote: FaultyRemote;
}

/** A home with the profiles glm and km, and a server `office` that is set up in it. */
async function office(options: Partial<FaultyRemoteOptions> = {}): Promise<Office> {
  const remote = await startFaultyRemote({ key: OFFICE_KEY, ...options });
  const home = engineHome();
  for (const name of ['glm', 'km']) home.profile(name, envOf(name));
  await addServer(home.core, remote);
  return { home, remote };
}

const TO_OFFICE = { target: 'office', verify: true } as const;

/** Keys, prefixes and models in short. */
function held({ remote }: Office): readonly string[] {
  return remote.entries().map((entry) => `${String(entry['prefix'])} ${String(entry['api-key'])}`);
}

function removeProfile({ ccsDirectory }: EngineHome, name: string): void {
  rmSync(join(ccsDirectory, `${name}.settings.json`));
}

const GLM = 'glm- sk-test-canary-glm-0123456789';
const KM = 'km- sk-test-canary-km-0123456789';

describe('a sync to a remote server', () => {
  it('writes what the profiles ask for, says that it is loaded, and has nothing to do then', async () => {
    const at = await office();
    const report = await at.home.sync(TO_OFFICE);
    expect(report).toMatchObject({
      outcome: 'written',
      target: { id: 'office', path: at.remote.url },
      syncable: 2,
      proxy: { state: 'loaded', by: 'management-api', version: '7.2.99' },
    });
    expect(brief(report.plan.operations)).toEqual(['add glm', 'add km']);
    expect(held(at)).toEqual([GLM, KM]);
    const before = at.remote.requests.length;
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('in-sync');
    expect(at.remote.requests.slice(before).map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('leaves the local file alone', async () => {
    const at = await office();
    const config = 'port: 8317\n';
    at.home.write('cliproxy/config.yaml', config);
    await at.home.sync(TO_OFFICE);
    expect(at.home.readConfig()).toBe(config);
  });

  it('asks before the first one where others have entries, and sends theirs back as they came', async () => {
    const at = await office({ entries: [OWN] });
    const asked = await at.home.sync(TO_OFFICE);
    expect(asked).toMatchObject({
      outcome: 'needs-consent',
      plan: { consent: [{ code: 'first-sync', entries: 1 }] },
    });
    expect(at.remote.requests.every(({ method }) => method === 'GET')).toBe(true);
    await at.home.sync({ ...TO_OFFICE, accepted: true });
    expect(at.remote.entries()[0]).toEqual(OWN);
    expect(held(at).slice(1)).toEqual([GLM, KM]);
    // From then on it knows what is whose.
    at.home.profile('late', envOf('late'));
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('written');
    expect(at.remote.entries()[0]).toEqual(OWN);
  });

  it('follows a rotated key and a removed profile, with requests that touch only these', async () => {
    const at = await office({ entries: [OWN] });
    await at.home.sync({ ...TO_OFFICE, accepted: true });
    at.home.profile('glm', envOf('glm', { ANTHROPIC_AUTH_TOKEN: 'sk-test-canary-glm-rotated' }));
    const before = at.remote.requests.length;
    expect(brief((await at.home.sync(TO_OFFICE)).plan.operations)).toEqual(['update glm']);
    expect(at.remote.requests.slice(before).map(({ method }) => method)).toContain('PATCH');
    removeProfile(at.home, 'km');
    expect(brief((await at.home.sync(TO_OFFICE)).plan.operations)).toEqual(['remove km']);
    expect(at.remote.entries()[0]).toEqual(OWN);
    expect(held(at).slice(1)).toEqual(['glm- sk-test-canary-glm-rotated']);
  });

  it('syncs the chosen profiles only, and takes out one that is no longer chosen', async () => {
    const at = await office();
    must(await at.home.core.updateTarget({ id: 'office', profiles: ['glm'] }));
    const report = await at.home.sync(TO_OFFICE);
    expect(held(at)).toEqual([GLM]);
    expect(report.plan.skipped).toMatchObject([{ profile: 'km', reason: { code: 'not-chosen' } }]);
    must(await at.home.core.updateTarget({ id: 'office', profiles: ['km'] }));
    await at.home.sync(TO_OFFICE);
    expect(held(at)).toEqual([KM]);
  });

  it('skips a profile that leads to the server itself, by its address or one of its own keys', async () => {
    const at = await office({ config: { 'api-keys': ['sk-test-client-of-office'], port: 8317 } });
    at.home.profile('loop', envOf('loop', { ANTHROPIC_BASE_URL: at.remote.url }));
    at.home.profile('client', envOf('client', { ANTHROPIC_AUTH_TOKEN: 'sk-test-client-of-office' }));
    const report = await at.home.sync(TO_OFFICE);
    expect(report.plan.skipped.map(({ profile, reason }) => [profile, reason])).toEqual([
      ['client', { code: 'proxy-loop', by: 'client-key' }],
      ['loop', { code: 'proxy-loop', by: 'address' }],
    ]);
    expect(held(at)).toEqual([GLM, KM]);
  });

  it('plans anew where another client writes meanwhile, and loses nothing of theirs', async () => {
    const at = await office();
    let writes = 0;
    at.remote.beforeBody(() => {
      writes += 1;
      if (writes === 1) at.remote.setEntries([OWN]);
    });
    await at.home.sync({ ...TO_OFFICE, accepted: true });
    expect(writes).toBe(2);
    expect(at.remote.entries()[0]).toEqual(OWN);
    expect(held(at).slice(1)).toEqual([GLM, KM]);
  });

  it('gives up after three attempts', async () => {
    const at = await office();
    let writes = 0;
    at.remote.beforeBody(() => {
      writes += 1;
      at.remote.setEntries([{ ...OWN, priority: writes }]);
    });
    expect(await at.home.trySync({ ...TO_OFFICE, accepted: true })).toEqual({
      ok: false,
      error: { code: 'remote-fault', target: 'office', fault: { code: 'keeps-changing' } },
    });
    expect(writes).toBe(3);
    expect(at.remote.entries()).toEqual([{ ...OWN, priority: 3 }]);
  });

  it('writes nothing to a server that is deaf to its own file', async () => {
    const at = await office();
    at.remote.setFileEntries([OWN]);
    expect(await at.home.trySync(TO_OFFICE)).toMatchObject({
      ok: false,
      error: { code: 'remote-fault', fault: { code: 'deaf' } },
    });
    expect(at.remote.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('says which fields an old server did not keep', async () => {
    const at = await office();
    await at.remote.setFault({ kind: 'drops', field: 'prefix' });
    expect(await at.home.trySync(TO_OFFICE)).toMatchObject({
      ok: false,
      error: { code: 'remote-fault', fault: { code: 'drops-fields', fields: ['prefix'] } },
    });
  });

  it('warns of fields in the server’s file that a write through its API drops', async () => {
    const at = await office({ entries: [OWN] });
    at.remote.setFileEntries([{ ...OWN, 'x-note': 'mine' }]);
    const { plan } = await at.home.sync({ ...TO_OFFICE, dryRun: true });
    expect(plan.warnings).toContainEqual({ code: 'fields-dropped', prefix: 'own-', fields: ['x-note'] });
  });
});

describe('a write whose answer is lost', () => {
  it('is known as done by the next look, and can be undone', async () => {
    const at = await office();
    await at.remote.setFault({ kind: 'done-unsaid' }, ['PUT']);
    expect(await at.home.trySync(TO_OFFICE)).toMatchObject({ ok: false, error: { code: 'remote-fault' } });
    await at.remote.setFault(null);
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('in-sync');
    expect(held(at)).toEqual([GLM, KM]);
    must(await at.home.core.undo(null, { ...CHANGE, target: 'office' }));
    expect(held(at)).toEqual([]);
  });

  it('that never arrived is made again', async () => {
    const at = await office();
    await at.remote.setFault({ kind: 'half' }, ['PUT']);
    expect((await at.home.trySync(TO_OFFICE)).ok).toBe(false);
    await at.remote.setFault(null);
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('written');
    expect(held(at)).toEqual([GLM, KM]);
  });
});

describe('history and undo of a remote server', () => {
  it('takes back its last change, holds it, and leaves other targets alone', async () => {
    const at = await office({ entries: [OWN] });
    await at.home.sync({ ...TO_OFFICE, accepted: true });
    const undone = must(await at.home.core.undo(null, { ...CHANGE, target: 'office' }));
    expect(undone).toMatchObject({ outcome: 'done', target: { id: 'office' }, held: ['glm', 'km'] });
    expect(at.remote.entries()).toEqual([OWN]);
    expect((await at.home.sync(TO_OFFICE)).plan.held).toEqual(['glm', 'km']);
    const { records } = must(await at.home.core.history('office'));
    expect(records.map(({ kind }) => kind)).toEqual(['undo', 'sync']);
    expect(JSON.stringify(records)).not.toContain('canary');
  });

  it('keeps what another client changed on the server since', async () => {
    const at = await office({ entries: [OWN] });
    await at.home.sync({ ...TO_OFFICE, accepted: true });
    at.remote.setEntries([{ ...OWN, priority: 9 }, ...at.remote.entries().slice(1)]);
    const undone = must(await at.home.core.undo(null, { ...CHANGE, target: 'office' }));
    expect(undone.how).toBe('entries');
    expect(at.remote.entries()).toEqual([{ ...OWN, priority: 9 }]);
  });

  it('brings back the list from before the first sync', async () => {
    const at = await office({ entries: [OWN] });
    await at.home.sync({ ...TO_OFFICE, accepted: true });
    at.home.profile('late', envOf('late'));
    await at.home.sync(TO_OFFICE);
    must(await at.home.core.restoreFirst({ dryRun: false, accepted: true, target: 'office' }));
    expect(at.remote.entries()).toEqual([OWN]);
  });
});

describe('removing a remote server', () => {
  it('takes our entries out first where that is asked for, and forgets everything', async () => {
    const at = await office({ entries: [OWN] });
    await at.home.sync({ ...TO_OFFICE, accepted: true });
    must(await at.home.core.removeTarget({ id: 'office', entries: 'remove' }));
    expect(at.remote.entries()).toEqual([OWN]);
    expect(must(await at.home.core.targets()).remotes).toEqual([]);
    expect(await at.home.trySync(TO_OFFICE)).toMatchObject({ ok: false, error: { code: 'unknown-target' } });
  });

  it('forgets nothing where the server can’t be reached to take them out, unless they may stay', async () => {
    const at = await office();
    await at.home.sync(TO_OFFICE);
    await at.remote.setFault({ kind: 'refuse' });
    expect(await at.home.core.removeTarget({ id: 'office', entries: 'remove' })).toMatchObject({
      error: { code: 'remote-fault', fault: { code: 'unreachable' } },
    });
    expect(must(await at.home.core.targets()).remotes).toHaveLength(1);
    must(await at.home.core.removeTarget({ id: 'office', entries: 'keep' }));
    expect(must(await at.home.core.targets()).remotes).toEqual([]);
    expect(held(at)).toEqual([GLM, KM]);
  });
});

/** Another home that syncs to the same server. */
async function beside({ remote }: Office): Promise<EngineHome> {
  const other = engineHome();
  await addServer(other.core, remote);
  return other;
}

describe('two homes on one server', () => {
  it('leave each other’s entries alone, and notice a prefix that both want', async () => {
    const one = await office();
    await one.home.sync(TO_OFFICE);
    const other = await beside(one);
    other.profile('glm', envOf('other-glm'));
    other.profile('zed', envOf('zed'));
    expect(await other.sync(TO_OFFICE)).toMatchObject({ outcome: 'needs-consent' });
    const report = await other.sync({ ...TO_OFFICE, accepted: true });
    expect(report.plan.skipped).toMatchObject([
      { profile: 'glm', reason: { code: 'prefix-taken', line: null } },
    ]);
    const zed = 'zed- sk-test-canary-zed-0123456789';
    expect(held(one)).toEqual([GLM, KM, zed]);
    removeProfile(one.home, 'km');
    await one.home.sync(TO_OFFICE);
    expect(held(one)).toEqual([GLM, zed]);
  });

  it('that bring the very same profile: the second asks before it keeps the entry, too', async () => {
    const one = await office();
    await one.home.sync(TO_OFFICE);
    const other = await beside(one);
    other.profile('glm', envOf('glm'));
    const asked = await other.sync(TO_OFFICE);
    expect(asked).toMatchObject({
      outcome: 'needs-consent',
      plan: {
        consent: [
          { code: 'first-sync', entries: 1 },
          { code: 'adoption', profiles: ['glm'] },
        ],
      },
    });
    one.home.profile('glm', envOf('glm', { ANTHROPIC_AUTH_TOKEN: 'sk-test-canary-glm-rotated' }));
    await one.home.sync(TO_OFFICE);
    // Nobody agreed, so the other's old key does not come back.
    expect(brief((await other.sync(TO_OFFICE)).plan.operations)).toEqual(['review glm']);
    expect(held(one)).toEqual(['glm- sk-test-canary-glm-rotated', KM]);
  });

  it('… so, too, where it has its own entries there already', async () => {
    const one = await office();
    await one.home.sync(TO_OFFICE);
    const other = await beside(one);
    other.profile('zed', envOf('zed'));
    await other.sync({ ...TO_OFFICE, accepted: true });
    other.profile('glm', envOf('glm'));
    expect(await other.sync(TO_OFFICE)).toMatchObject({
      outcome: 'needs-consent',
      plan: { consent: [{ code: 'adoption', profiles: ['glm'] }] },
    });
    expect(await other.sync({ ...TO_OFFICE, accepted: true })).toMatchObject({ outcome: 'adopted' });
    expect((await other.sync(TO_OFFICE)).outcome).toBe('in-sync');
  });
});

describe('a server that refused the key', () => {
  async function refused(): Promise<Office> {
    const at = await office();
    await at.remote.setFault({ kind: 'wrong-key' });
    expect(await at.home.trySync(TO_OFFICE)).toMatchObject({ error: { fault: { code: 'wrong-key' } } });
    expect(at.remote.withKey()).toBe(1);
    return at;
  }

  it('gets it once, however often a script syncs or looks', async () => {
    const at = await refused();
    for (let run = 0; run < 6; run += 1) {
      expect(await at.home.trySync(TO_OFFICE)).toMatchObject({ error: { fault: { code: 'wrong-key' } } });
      expect(await at.home.core.status('office')).toMatchObject({ error: { fault: { code: 'wrong-key' } } });
    }
    expect(at.remote.withKey()).toBe(1);
  });

  it('gets it again where a person asks, and is open from then on', async () => {
    const at = await refused();
    await at.remote.setFault(null);
    expect((await at.home.sync({ ...TO_OFFICE, retryRefused: true })).outcome).toBe('written');
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('in-sync');
  });

  it('gets it again where it is entered or tested anew', async () => {
    const at = await refused();
    await at.remote.setFault(null);
    const look = { url: at.remote.url, certificate: null, plainHttp: false } as const;
    must(await at.home.core.testTarget({ id: 'office', key: { kind: 'stored' }, ...look }));
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('written');
    await at.remote.setFault({ kind: 'wrong-key' });
    expect((await at.home.trySync(TO_OFFICE)).ok).toBe(false);
    await at.remote.setFault(null);
    expect((await at.home.trySync(TO_OFFICE)).ok).toBe(false);
    must(await at.home.core.updateTarget({ id: 'office', key: { kind: 'typed', key: OFFICE_KEY } }));
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('in-sync');
  });

  it('is not sent again by the next sync where it was refused in the middle of one', async () => {
    const at = await office();
    at.remote.beforeWrite(() => void at.remote.setFault({ kind: 'wrong-key' }, ['GET']));
    expect(await at.home.trySync(TO_OFFICE)).toMatchObject({ error: { fault: { code: 'wrong-key' } } });
    const asked = at.remote.withKey();
    expect(await at.home.trySync(TO_OFFICE)).toMatchObject({ error: { fault: { code: 'wrong-key' } } });
    expect(at.remote.withKey()).toBe(asked);
  });

  it('is not sent by a sync any more once a test has seen it refused', async () => {
    const at = await office();
    await at.remote.setFault({ kind: 'wrong-key' });
    const look = { url: at.remote.url, certificate: null, plainHttp: false } as const;
    for (const asked of [1, 2]) {
      must(await at.home.core.testTarget({ id: 'office', key: { kind: 'stored' }, ...look }));
      expect(at.remote.withKey()).toBe(asked);
    }
    expect(await at.home.trySync(TO_OFFICE)).toMatchObject({ error: { fault: { code: 'wrong-key' } } });
    expect(at.remote.withKey()).toBe(2);
  });

  it('is not all that a server needs: a test says where one is deaf to its own file', async () => {
    const at = await office();
    at.remote.setFileEntries([{ 'api-key': 'sk-test-edited', prefix: 'edited-' }]);
    const look = { url: at.remote.url, certificate: null, plainHttp: false } as const;
    expect(
      must(await at.home.core.testTarget({ id: 'office', key: { kind: 'stored' }, ...look })),
    ).toMatchObject({ fault: { code: 'deaf' } });
  });

  it('is left alone while this address is shut out, whatever the key', async () => {
    const at = await office();
    await at.remote.setFault({ kind: 'banned', wait: '10m0s' });
    expect((await at.home.trySync(TO_OFFICE)).ok).toBe(false);
    await at.remote.setFault(null);
    await at.home.clock.advance(9 * 60_000);
    expect(await at.home.trySync(TO_OFFICE)).toMatchObject({ error: { fault: { code: 'banned' } } });
    expect(at.remote.withKey()).toBe(1);
    await at.home.clock.advance(60_000);
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('written');
  });
});
