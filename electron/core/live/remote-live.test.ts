import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineHome, envOf, filesBelow, must } from '../../testing/engine-home.ts';
import { startFaultyRemote } from '../../testing/faulty-remote.ts';
import { liveHome, localTarget, QUIET_CONFIG, restsAs, stateWhere } from '../../testing/live-home.ts';
import {
  addServer,
  OFFICE_KEY,
  officeHome,
  officeIs,
  prefixesOn,
  targetOf,
  TO_OFFICE,
} from '../../testing/office-home.ts';

describe('a living engine with a server', () => {
  it('brings it in line when it starts and when a profile is saved, and says so', async () => {
    const { home, server, live: begin } = await officeHome();
    const live = begin();
    expect(live.state().targets.map(({ id, state }) => [id, state])).toEqual([
      ['local', 'starting'],
      ['office', 'starting'],
    ]);
    const state = await stateWhere(live, officeIs('in-sync'));
    expect(prefixesOn(server)).toEqual(['glm-']);
    expect(targetOf(state)).toMatchObject({
      name: 'office',
      path: server.url,
      error: null,
      lastRecord: 1,
      remote: { mode: 'auto', paused: false, version: '7.2.99', waiting: 0 },
    });
    expect(targetOf(state).remote?.profiles).toEqual([{ name: 'glm', state: 'synced', reason: null }]);
    home.profile('km', envOf('km'));
    await expect.poll(() => prefixesOn(server)).toEqual(['glm-', 'km-']);
    await stateWhere(live, (one) => officeIs('in-sync')(one) && targetOf(one).lastRecord === 2);
    rmSync(join(home.ccsDirectory, 'glm.settings.json'));
    await expect.poll(() => prefixesOn(server)).toEqual(['km-']);
  });

  it('keeps several servers in line at once, each with the profiles that are chosen for it', async () => {
    const { server, live: begin } = await officeHome({}, ['glm', 'km']);
    const other = await startFaultyRemote({ key: OFFICE_KEY });
    const live = begin();
    const added = await addServer(live, other, { name: 'Home lab', profiles: ['km'] });
    expect(added.id).toBe('home-lab');
    expect(live.state().targets.map(({ id }) => id)).toEqual(['local', 'office', 'home-lab']);
    await stateWhere(live, (state) => officeIs('in-sync')(state) && officeIs('in-sync', 'home-lab')(state));
    expect(prefixesOn(server)).toEqual(['glm-', 'km-']);
    expect(prefixesOn(other)).toEqual(['km-']);
    must(await live.updateTarget({ id: 'home-lab', profiles: null }));
    await expect.poll(() => prefixesOn(other)).toEqual(['glm-', 'km-']);
  });

  it('is synced although there is no local configuration', async () => {
    const server = await startFaultyRemote({ key: OFFICE_KEY });
    const home = engineHome();
    home.profile('glm', envOf('glm'));
    await addServer(home.core, server);
    const live = liveHome(home);
    const state = await stateWhere(live, officeIs('in-sync'));
    expect(localTarget(state)).toMatchObject({
      state: 'error',
      error: { error: { code: 'target-missing' } },
    });
    home.profile('km', envOf('km'));
    await expect.poll(() => prefixesOn(server)).toEqual(['glm-', 'km-']);
  });

  it('does not hold up the local sync while it does not answer, nor another server', async () => {
    const { home, server, live: begin } = await officeHome();
    const other = await startFaultyRemote({ key: OFFICE_KEY });
    await addServer(home.core, other, { name: 'other' });
    await server.setFault({ kind: 'silent' });
    const live = begin();
    const state = await stateWhere(
      live,
      (one) => restsAs('in-sync')(one) && officeIs('in-sync', 'other')(one),
    );
    expect(targetOf(state)).toMatchObject({ state: 'starting', remote: { busy: true } });
    home.profile('km', envOf('km'));
    await expect.poll(home.readConfig).toContain('prefix: "km-"');
    await expect.poll(() => prefixesOn(other)).toEqual(['glm-', 'km-']);
    expect(targetOf(live.state()).remote?.busy).toBe(true);
  });

  it('lets go while a server does not answer', async () => {
    const { server, live: begin } = await officeHome();
    await server.setFault({ kind: 'silent' });
    const live = begin();
    await expect.poll(() => server.requests.length).toBeGreaterThan(0);
    const asked = server.requests.length;
    await Promise.all([live.shutDown(), live.shutDown()]);
    expect(targetOf(live.state()).remote?.busy).toBe(true);
    await server.setFault(null);
    expect(server.requests).toHaveLength(asked);
  });

  it('finishes what it writes before it lets go', async () => {
    const { home, server, live: begin } = await officeHome();
    const live = begin();
    const closing = new Promise<void>((resolve) => {
      server.beforeWrite(() => resolve(live.shutDown()));
    });
    await closing;
    expect(prefixesOn(server)).toEqual(['glm-']);
    // All of it: what is remembered, too, and nothing is held any more.
    expect(filesBelow(home.stateFolder, 'lock')).toEqual([]);
    expect(must(await home.core.history('office')).records).toHaveLength(1);
    const again = begin();
    const state = await stateWhere(again, officeIs('in-sync'));
    expect(targetOf(state)).toMatchObject({ lastRecord: 1, lastDrift: null });
  });
});

describe('a server', () => {
  it('by hand shows what is pending and is written when a person asks', async () => {
    const { home, server, live: begin } = await officeHome({ mode: 'manual' });
    const live = begin();
    const before = await stateWhere(live, officeIs('pending'));
    expect(targetOf(before)).toMatchObject({ remote: { mode: 'manual', waiting: 1 } });
    const asked = server.withKey();
    home.profile('km', envOf('km'));
    const state = await stateWhere(live, (one) => targetOf(one).remote?.waiting === 2);
    expect(targetOf(state).remote?.profiles).toMatchObject([{ state: 'pending' }, { state: 'pending' }]);
    expect(server.withKey()).toBe(asked);
    expect(must(await live.sync(TO_OFFICE)).outcome).toBe('written');
    expect(targetOf(live.state())).toMatchObject({ state: 'in-sync', remote: { waiting: 0 } });
    rmSync(join(home.ccsDirectory, 'km.settings.json'));
    await stateWhere(live, officeIs('pending'));
    expect(prefixesOn(server)).toEqual(['glm-', 'km-']);
    must(await live.updateTarget({ id: 'office', mode: 'auto' }));
    await expect.poll(() => prefixesOn(server)).toEqual(['glm-']);
  });

  it('that is paused is left alone until it is resumed', async () => {
    const { home, server, live: begin } = await officeHome();
    const live = begin();
    await stateWhere(live, officeIs('in-sync'));
    must(await live.updateTarget({ id: 'office', paused: true }));
    expect(targetOf(live.state()).remote?.paused).toBe(true);
    const asked = server.withKey();
    home.profile('km', envOf('km'));
    await stateWhere(live, (one) => targetOf(one).remote?.waiting === 1 && restsAs('in-sync')(one));
    live.hint();
    expect(targetOf(live.state()).state).toBe('pending');
    expect(server.withKey()).toBe(asked);
    must(await live.updateTarget({ id: 'office', paused: false }));
    await expect.poll(() => prefixesOn(server)).toEqual(['glm-', 'km-']);
  });

  it('waits with everything else while all is paused', async () => {
    const { home, server, live: begin } = await officeHome();
    const live = begin();
    await stateWhere(live, officeIs('in-sync'));
    must(await live.setPause(Date.now() + 3_600_000));
    home.profile('km', envOf('km'));
    await stateWhere(live, officeIs('pending'));
    expect(prefixesOn(server)).toEqual(['glm-']);
    must(await live.setPause(null));
    await expect.poll(() => prefixesOn(server)).toEqual(['glm-', 'km-']);
  });

  it('that a person takes away while it is alive is forgotten, with or without our entries', async () => {
    const { server, live: begin } = await officeHome();
    const other = await startFaultyRemote({ key: OFFICE_KEY });
    const live = begin();
    await addServer(live, other, { name: 'other' });
    await stateWhere(live, (state) => officeIs('in-sync')(state) && officeIs('in-sync', 'other')(state));
    must(await live.removeTarget({ id: 'other', entries: 'remove' }));
    expect(live.state().targets.map(({ id }) => id)).toEqual(['local', 'office']);
    expect(prefixesOn(other)).toEqual([]);
    must(await live.removeTarget({ id: 'office', entries: 'keep' }));
    expect(live.state().targets.map(({ id }) => id)).toEqual(['local']);
    expect(prefixesOn(server)).toEqual(['glm-']);
    expect(await live.sync(TO_OFFICE)).toMatchObject({ ok: false, error: { code: 'unknown-target' } });
  });

  it('is noticed where a command in a terminal set it up', async () => {
    const home = engineHome({ config: QUIET_CONFIG });
    home.profile('glm', envOf('glm'));
    const live = liveHome(home);
    await stateWhere(live, restsAs('in-sync'));
    const server = await startFaultyRemote({ key: OFFICE_KEY });
    await addServer(home.core, server);
    live.hint();
    await stateWhere(live, officeIs('in-sync'));
    expect(prefixesOn(server)).toEqual(['glm-']);
  });

  it('is undone for itself, and stays so until its hold is released', async () => {
    const { home, server, live: begin } = await officeHome();
    const live = begin();
    await stateWhere(live, (state) => officeIs('in-sync')(state) && restsAs('in-sync')(state));
    must(await live.undo(null, { target: 'office', dryRun: false, accepted: true }));
    expect(prefixesOn(server)).toEqual([]);
    expect(targetOf(live.state()).remote?.profiles).toMatchObject([{ name: 'glm', state: 'held' }]);
    expect(home.readConfig()).toContain('prefix: "glm-"');
    must(await live.releaseHold('glm', 'office'));
    await expect.poll(() => prefixesOn(server)).toEqual(['glm-']);
  });
});

describe('what others do on a server', () => {
  it('is repaired, and a fight is stopped until a person syncs', async () => {
    const { home, server, live: begin } = await officeHome();
    const live = begin();
    await stateWhere(live, officeIs('in-sync'));
    const theirs = (): void => {
      const entries = server.entries().map((entry) => ({ ...entry, 'base-url': 'https://theirs.test' }));
      server.setEntries(entries);
    };
    for (let record = 2; record <= 3; record += 1) {
      theirs();
      // What a rescan does after a minute.
      live.hint();
      const state = await stateWhere(
        live,
        (one) => targetOf(one).lastDrift?.record === record && officeIs('in-sync')(one),
      );
      expect(targetOf(state).lastDrift).toMatchObject({ profiles: ['glm'], by: 'unknown' });
    }
    theirs();
    live.hint();
    const fought = await stateWhere(live, officeIs('review'));
    expect(targetOf(fought).fights).toMatchObject([{ profile: 'glm', field: 'base-url', times: 3 }]);
    home.profile('km', envOf('km'));
    await expect.poll(() => prefixesOn(server)).toEqual(['glm-', 'km-']);
    expect(server.entries()[0]).toMatchObject({ 'base-url': 'https://theirs.test' });
    must(await live.sync(TO_OFFICE));
    expect(targetOf(live.state())).toMatchObject({ state: 'in-sync', fights: [] });
    expect(server.entries()[0]).toMatchObject({ 'base-url': 'https://glm.test/api' });
  });

  it('is not touched before a person has agreed to the first sync', async () => {
    const own = { 'api-key': 'sk-test-canary-own', prefix: 'own-', 'base-url': 'https://own.test' };
    const server = await startFaultyRemote({ key: OFFICE_KEY, entries: [own] });
    const home = engineHome({ config: QUIET_CONFIG });
    home.profile('glm', envOf('glm'));
    await addServer(home.core, server);
    const live = liveHome(home);
    const state = await stateWhere(live, officeIs('review'));
    expect(targetOf(state).plan?.consent).toEqual([{ code: 'first-sync', entries: 1 }]);
    expect(must(await live.sync(TO_OFFICE)).outcome).toBe('needs-consent');
    expect(prefixesOn(server)).toEqual(['own-']);
    must(await live.sync({ ...TO_OFFICE, accepted: true }));
    expect(prefixesOn(server)).toEqual(['glm-', 'own-']);
    expect(targetOf(live.state()).state).toBe('in-sync');
  });
});
