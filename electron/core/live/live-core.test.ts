import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ccsEntry, engineHome, envOf, filesBelow, must, rewriteAsCcs } from '../../testing/engine-home.ts';
import { hintSource } from '../../testing/hint-source.ts';
import { liveHome, localTarget, QUIET_CONFIG, restsAs, stateWhere } from '../../testing/live-home.ts';
import type { AppState } from '../../../shared/schema/state.ts';
import type { StateEvent } from '../state/events.ts';
import { createStateStore, type StateStore } from '../state/store.ts';

const PLAIN = {
  only: null,
  accepted: false,
  dryRun: false,
  create: false,
  targetNamed: false,
  verify: false,
};

function homeWith(...names: readonly string[]): ReturnType<typeof engineHome> {
  const home = engineHome({ config: QUIET_CONFIG });
  for (const name of names) home.profile(name, envOf(name));
  return home;
}

function records(home: ReturnType<typeof engineHome>): number {
  return filesBelow(home.stateFolder, '.record').length;
}

function isSynced(...names: readonly string[]): (state: AppState) => boolean {
  return (state) =>
    restsAs('in-sync')(state) &&
    state.profiles.map(({ name }) => name).join() === names.join() &&
    state.profiles.every((profile) => profile.state === 'synced');
}

describe('a living engine', () => {
  it('brings the target in line when it starts, and says so', async () => {
    const home = homeWith('glm', 'km');
    const live = liveHome(home);
    expect(live.state().activity.kind).toBe('starting');
    const state = await stateWhere(live, isSynced('glm', 'km'));
    expect(home.readConfig()).toContain('prefix: "glm-"');
    expect(localTarget(state)).toMatchObject({ lastRecord: 1, proxy: { state: 'not-running' }, error: null });
    expect(state.autoSync).toEqual({ mode: 'follow-ccs', enabled: true, source: 'ccs', pausedUntilMs: null });
  });

  it('syncs a profile that is saved in place, by rename, added and deleted', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    home.profile('glm', envOf('glm', { ANTHROPIC_MODEL: 'saved-in-place' }));
    await expect.poll(home.readConfig).toContain('saved-in-place');
    const path = join(home.ccsDirectory, 'glm.settings.json');
    writeFileSync(
      `${path}.tmp`,
      JSON.stringify({ env: envOf('glm', { ANTHROPIC_MODEL: 'saved-by-rename' }) }),
    );
    renameSync(`${path}.tmp`, path);
    await expect.poll(home.readConfig).toContain('saved-by-rename');
    home.profile('km', envOf('km'));
    await stateWhere(live, isSynced('glm', 'km'));
    rmSync(path);
    await stateWhere(live, isSynced('km'));
    expect(home.readConfig()).not.toContain('glm-');
  });

  it('takes the echo of its own write for no news, and looks when it is none', async () => {
    const home = homeWith('glm');
    const { ccsDirectory, clock, configPath } = home;
    const source = hintSource();
    let looks = 0;
    const createStore = (initial: AppState): StateStore => {
      const store = createStateStore(initial);
      const dispatch = (event: StateEvent): void => {
        if (event.kind === 'surveyed') looks += 1;
        store.dispatch(event);
      };
      return { ...store, dispatch };
    };
    const live = liveHome(home, { clock, createWatcher: source.make, createStore });
    await stateWhere(live, isSynced('glm'));
    /** Tells of a change there, lets what follows from it come to its end, and counts the looks that it took. */
    const looksAfter = async (path: string | null): Promise<number> => {
      const before = looks;
      source.hint(path);
      await clock.advance(live.settings().quietMs);
      // Waits for its turn, and looks at nothing.
      must(await live.sync({ ...PLAIN, dryRun: true }));
      return looks - before;
    };
    home.profile('km', envOf('km'));
    expect(await looksAfter(join(ccsDirectory, 'km.settings.json'))).toBe(2);
    expect(home.readConfig()).toContain('km-');
    const { targets } = await stateWhere(live, isSynced('glm', 'km'));
    expect(await looksAfter(configPath)).toBe(0);
    expect(live.state().targets).toBe(targets);
    expect(await looksAfter(null)).toBe(1);
    home.writeConfig(home.readConfig().replace('//glm.test', '//theirs.test'));
    expect(await looksAfter(configPath)).toBe(2);
    expect(home.readConfig()).toContain('//glm.test');
    expect(records(home)).toBe(3 + 1);
  });

  it('tells when it last synced: by a sync, not by a look, and after a restart by its history', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    const writtenMs = localTarget(live.state()).lastSyncMs;
    expect(writtenMs).not.toBeNull();
    must(await live.setAutoSync({ mode: 'own', enabled: false }));
    expect(localTarget(live.state()).lastSyncMs).toBe(writtenMs);
    expect(must(await live.sync(PLAIN)).outcome).toBe('in-sync');
    expect(localTarget(live.state()).lastSyncMs).toBeGreaterThan(writtenMs ?? Infinity);
    await live.shutDown();
    const again = await stateWhere(liveHome(home), isSynced('glm'));
    expect(localTarget(again).lastSyncMs).toBeGreaterThan(0);
    expect(localTarget(again).lastSyncMs).toBeLessThanOrEqual(writtenMs ?? 0);
  });

  it('restores what others changed, and says once whom it concerned', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    rewriteAsCcs(home.configPath, [ccsEntry('glm')]);
    const state = await stateWhere(live, (one) => localTarget(one).lastDrift !== null);
    expect(localTarget(state).lastDrift).toMatchObject({ profiles: ['glm'], by: 'ccs', record: 2 });
    expect(home.readConfig()).toContain('prefix: "glm-"');
  });

  it('stops a fight, goes on with other profiles, and ends it when a person syncs', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    for (let record = 2; record <= 3; record += 1) {
      home.writeConfig(home.readConfig().replace('//glm.test', '//theirs.test'));
      await stateWhere(
        live,
        (state) => localTarget(state).lastDrift?.record === record && restsAs('in-sync')(state),
      );
    }
    home.writeConfig(home.readConfig().replace('//glm.test', '//theirs.test'));
    const fought = await stateWhere(live, restsAs('review'));
    expect(localTarget(fought).fights).toEqual([
      { profile: 'glm', field: 'base-url', times: 3, by: 'unknown' },
    ]);
    home.profile('km', envOf('km'));
    await expect.poll(home.readConfig).toContain('prefix: "km-"');
    expect(home.readConfig()).toContain('//theirs.test');
    expect(must(await live.sync(PLAIN)).outcome).toBe('written');
    expect(localTarget(live.state())).toMatchObject({ state: 'in-sync', fights: [] });
    expect(home.readConfig()).not.toContain('//theirs.test');
  });

  it("repairs CCS's own rewrite after each save without calling it a fight", async () => {
    const home = homeWith('glm', 'km');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm', 'km'));
    for (let save = 0; save < 5; save += 1) {
      home.profile('glm', envOf('glm', { CCS_NOTE: `${save}` }));
      rewriteAsCcs(home.configPath, [ccsEntry('glm'), ccsEntry('km')]);
      await expect.poll(home.readConfig).toContain('prefix: "km-"');
    }
    const state = await stateWhere(live, restsAs('in-sync'));
    expect(localTarget(state).fights).toEqual([]);
  });
});

describe('auto-sync', () => {
  it('that is off in CCS leaves the target alone, shows what is pending, and honours being turned on', async () => {
    const home = homeWith('glm');
    home.write('config.yaml', 'version: 13\ncliproxy:\n  auto_sync: false\n');
    const live = liveHome(home);
    const state = await stateWhere(live, restsAs('pending'));
    expect(state.autoSync).toMatchObject({ enabled: false, source: 'ccs' });
    home.profile('km', envOf('km'));
    await stateWhere(live, (one) => localTarget(one).plan?.operations.length === 2);
    expect(home.readConfig()).toBe(QUIET_CONFIG);
    home.write('config.yaml', 'version: 13\ncliproxy:\n  auto_sync: true\n');
    await stateWhere(live, isSynced('glm', 'km'));
  });

  it("goes by what CCS's settings said last while they can't be read", async () => {
    const home = homeWith('glm');
    const config = home.write('config.yaml', 'cliproxy:\n  auto_sync: false\n');
    const live = liveHome(home);
    await stateWhere(live, restsAs('pending'));
    writeFileSync(config, 'cliproxy: [\n');
    const state = await stateWhere(live, (one) => one.autoSync.source === 'last-known');
    expect(state.autoSync.enabled).toBe(false);
    expect(home.readConfig()).toBe(QUIET_CONFIG);
  });

  it("is off where CCS's settings never could be read, and says so", async () => {
    const home = homeWith('glm');
    home.write('config.yaml', 'cliproxy: [\n');
    const live = liveHome(home);
    const state = await stateWhere(live, (one) => one.activity.kind === 'idle');
    expect(state.autoSync).toMatchObject({ enabled: false, source: 'never-known' });
    expect(home.readConfig()).toBe(QUIET_CONFIG);
  });

  it("changes CCS's own value where it follows CCS, and turns CCS's off where only we are to sync", async () => {
    const home = homeWith('glm');
    const config = home.write('config.yaml', '# mine\ncliproxy:\n  auto_sync: true # on\n');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    must(await live.setAutoSync({ mode: 'follow-ccs', enabled: false }));
    expect(readFileSync(config, 'utf8')).toBe('# mine\ncliproxy:\n  auto_sync: false # on\n');
    expect(live.state().autoSync).toMatchObject({ enabled: false, source: 'ccs' });
    must(await live.setAutoSync({ mode: 'follow-ccs', enabled: true }));
    expect(live.state().autoSync).toMatchObject({ enabled: true, source: 'ccs' });
    must(await live.setAutoSync({ mode: 'own', enabled: true }));
    expect(readFileSync(config, 'utf8')).toContain('auto_sync: false');
    expect(live.state().autoSync).toMatchObject({ mode: 'own', enabled: true, source: 'own' });
    home.profile('km', envOf('km'));
    await stateWhere(live, isSynced('glm', 'km'));
  });

  it('of our own makes no settings for a CCS that has none', async () => {
    const home = homeWith();
    const live = liveHome(home);
    must(await live.setAutoSync({ mode: 'own', enabled: false }));
    expect(existsSync(join(home.ccsDirectory, 'config.yaml'))).toBe(false);
    home.profile('glm', envOf('glm'));
    await stateWhere(live, restsAs('pending'));
  });

  it('does nothing by itself while it is paused, also after a restart, and goes on when it is resumed', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    const untilMs = Date.now() + 3_600_000;
    must(await live.setPause(untilMs));
    expect(live.state().autoSync.pausedUntilMs).toBe(untilMs);
    home.profile('km', envOf('km'));
    await stateWhere(live, restsAs('pending'));
    await live.shutDown();
    const again = liveHome(home);
    await stateWhere(again, restsAs('pending'));
    expect(home.readConfig()).not.toContain('km-');
    must(await again.setPause(null));
    await stateWhere(again, isSynced('glm', 'km'));
  });

  it('leaves what a person undid until its hold is released', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    must(await live.undo(null, { dryRun: false, accepted: true }));
    expect(live.state().profiles).toMatchObject([{ name: 'glm', state: 'held' }]);
    await stateWhere(live, (state) => state.activity.kind === 'idle');
    expect(home.readConfig()).toBe(QUIET_CONFIG);
    expect(await live.releaseHold('km')).toMatchObject({ ok: false, error: { code: 'unknown-profile' } });
    must(await live.releaseHold('glm'));
    await stateWhere(live, isSynced('glm'));
    expect(home.readConfig()).toContain('glm-');
  });

  it('does not write what needs consent, until a person gives it', async () => {
    const names = ['a1', 'a2', 'a3', 'a4'];
    const home = homeWith(...names);
    const live = liveHome(home);
    await stateWhere(live, isSynced(...names));
    const before = home.readConfig();
    for (const name of names.slice(1)) rmSync(join(home.ccsDirectory, `${name}.settings.json`));
    await stateWhere(live, restsAs('review'));
    expect(home.readConfig()).toBe(before);
    must(await live.sync({ ...PLAIN, accepted: true }));
    expect(localTarget(live.state()).state).toBe('in-sync');
    expect(home.readConfig()).not.toContain('a4-');
  });
});

describe('errors', () => {
  it('of an invalid configuration wait for its change, and clear by themselves', async () => {
    const home = homeWith('glm');
    home.writeConfig('port: [\n');
    const live = liveHome(home);
    const state = await stateWhere(live, restsAs('error'));
    expect(localTarget(state).error).toMatchObject({ error: { code: 'target-refused' }, retryAtMs: null });
    home.writeConfig(QUIET_CONFIG);
    const healed = await stateWhere(live, isSynced('glm'));
    expect(localTarget(healed).error).toBeNull();
  });

  it('of an invalid configuration leave open what it holds and what the proxy has, until it can be read', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    const text = home.readConfig();
    home.writeConfig('port: [\n');
    const broken = await stateWhere(live, restsAs('error'));
    expect(broken).toMatchObject({ profiles: [{ state: 'unknown' }], targets: [{ proxy: null }] });
    home.writeConfig(text);
    const healed = await stateWhere(live, isSynced('glm'));
    expect(localTarget(healed).proxy).toEqual({ state: 'not-running' });
  });

  it('of our own state folder are tried again, and clear by themselves', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    const targets = filesBelow(home.stateFolder, 'ledger.json').map((path) => join(path, '..'));
    const [folder = ''] = targets;
    renameSync(folder, `${folder}-away`);
    writeFileSync(folder, 'in the way');
    home.profile('km', envOf('km'));
    const state = await stateWhere(live, (one) => typeof localTarget(one).error?.retryAtMs === 'number');
    expect(localTarget(state).state).toBe('error');
    rmSync(folder);
    renameSync(`${folder}-away`, folder);
    await stateWhere(live, isSynced('glm', 'km'));
  });

  it('call a CCS directory that vanished an error, and one that never was there empty', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    await stateWhere(live, isSynced('glm'));
    renameSync(home.ccsDirectory, `${home.ccsDirectory}-away`);
    const state = await stateWhere(live, restsAs('error'));
    expect(localTarget(state)).toMatchObject({
      plan: null,
      error: { error: { code: 'ccs-directory-missing' } },
    });
    renameSync(`${home.ccsDirectory}-away`, home.ccsDirectory);
    await stateWhere(live, isSynced('glm'));

    const other = engineHome();
    rmSync(other.ccsDirectory, { recursive: true });
    await stateWhere(liveHome(other), restsAs('empty'));
    expect(existsSync(other.ccsDirectory)).toBe(false);
  });
});

describe('settings', () => {
  it('are kept for their owner only, and survive a restart', async () => {
    const home = homeWith();
    const live = liveHome(home);
    must(await live.setSettings({ quietMs: 500, appearance: 'dark' }));
    await live.shutDown();
    expect(liveHome(home).settings()).toMatchObject({
      quietMs: 500,
      appearance: 'dark',
      notifications: 'problems',
    });
    const [path = ''] = filesBelow(home.stateFolder, 'settings.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('that make no sense count as not set, one by one', async () => {
    const home = homeWith();
    const live = liveHome(home);
    must(await live.setSettings({ quietMs: 500 }));
    await live.shutDown();
    const [path = ''] = filesBelow(home.stateFolder, 'settings.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"system"', '"no such language!"').replace('"problems"', '7'));
    expect(liveHome(home).settings()).toMatchObject({
      quietMs: 500,
      language: 'system',
      notifications: 'problems',
    });
  });
});

describe('shutting down', () => {
  it('waits for the sync that is going on, and can be asked for twice', async () => {
    const home = homeWith('glm');
    const live = liveHome(home);
    const syncing = live.sync(PLAIN);
    await Promise.all([live.shutDown(), live.shutDown()]);
    expect(must(await syncing).outcome).toMatch(/written|in-sync/);
    expect(filesBelow(home.stateFolder, 'lock')).toEqual([]);
    home.profile('km', envOf('km'));
    live.hint();
    expect(home.readConfig()).not.toContain('km-');
  });
});
