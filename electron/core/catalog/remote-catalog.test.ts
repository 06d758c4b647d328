import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Catalog, CatalogFault } from '../../../shared/schema/catalog.ts';
import type { RemoteFault, RemoteTarget } from '../../../shared/schema/remote.ts';
import { emptyCcsHome } from '../../testing/ccs-home.ts';
import { filesBelow } from '../../testing/engine-home.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { startFaultyRemote } from '../../testing/faulty-remote.ts';
import type { FaultyRemote } from '../../testing/open-faulty-remote.ts';
import { stateFolderPath } from '../files/state-folder.ts';
import { peekHome } from '../sync/home.ts';
import { viewTarget } from '../sync/view-target.ts';
import { locateTarget } from '../sync/world.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { changeRemoteTargets } from '../targets/remote-targets.ts';
import { keepTargetKey } from '../targets/target-keys.ts';
import { type CatalogKeeper, createCatalogKeeper } from './catalog.ts';
import { chooseCatalogSource } from './catalog-source.ts';
import { catalogFaultOf } from './remote-access.ts';

const KEY = 'sk-test-management-remote';
const CHANNELS = ['antigravity', 'gemini', 'codex', 'claude', 'kimi', 'xai'];

interface Place {
  readonly context: SyncContext;
  readonly folder: string;
  readonly keeper: CatalogKeeper;
  /** Another process on the same home. */
  readonly nextKeeper: () => CatalogKeeper;
  readonly setTargets: (targets: readonly RemoteTarget[], key?: string) => Promise<void>;
  readonly choose: (id: string) => ReturnType<typeof chooseCatalogSource>;
}

function targetOn(url: string, over: Partial<RemoteTarget> = {}): RemoteTarget {
  return {
    id: 'office',
    name: 'Office',
    url,
    profiles: null,
    mode: 'auto',
    paused: false,
    certificate: null,
    plainHttp: false,
    keySource: 'file',
    ...over,
  };
}

/** A home without a local proxy. */
function place(): Place {
  const clock = fakeClock();
  const { home, ccsDirectory } = emptyCcsHome();
  const stateFolder = stateFolderPath({}, process.platform, home);
  if (!stateFolder.ok) throw new Error('no state folder');
  const { platform } = process;
  const context = { env: {}, homedir: home, platform, clock, ccsDirectory, stateFolder: stateFolder.value };
  const peeked = peekHome(context.stateFolder, ccsDirectory);
  if (!peeked.ok) throw new Error('no home');
  const { folder } = peeked.value;
  return {
    context,
    folder,
    keeper: createCatalogKeeper(context),
    nextKeeper: () => createCatalogKeeper(context),
    setTargets: async (targets, key = KEY) => {
      await changeRemoteTargets(
        folder,
        () => Promise.resolve({ ok: true, value: { targets, value: null } }),
        clock,
      );
      for (const target of targets) await keepTargetKey(folder, { target, key, ids: [target.id] }, null);
    },
    choose: (id) => chooseCatalogSource(context, id, null),
  };
}

async function server(): Promise<FaultyRemote> {
  const definitions = Object.fromEntries(CHANNELS.map((name) => [name, [{ id: `${name}-office` }]]));
  return startFaultyRemote({ key: KEY, definitions });
}

function ids({ providers }: Catalog): readonly string[] {
  return providers.flatMap(({ models }) => models.map(({ id }) => id));
}

/** The look of a sync, which no person asked for. */
async function look(context: SyncContext): Promise<{ readonly ok: boolean }> {
  const target = await locateTarget(context, 'office');
  return target.ok ? viewTarget(target.value) : target;
}

describe('the catalog of a remote server', () => {
  it('is fetched from the chosen target, and says so in this process and the next', async () => {
    const [remote, { keeper, nextKeeper, setTargets, choose }] = [await server(), place()];
    await setTargets([targetOn(remote.url)]);
    expect(await choose('office')).toMatchObject({ ok: true });
    const catalog = await keeper.refresh('person');
    expect(catalog.state).toMatchObject({
      origin: { kind: 'live', from: 'Office' },
      asks: { id: 'office', name: 'Office' },
      fault: null,
      failed: [],
    });
    expect(ids(catalog)).toEqual(expect.arrayContaining(CHANNELS.map((name) => `${name}-office`)));
    expect(remote.withKey()).toBe(CHANNELS.length);
    expect((await nextKeeper().read()).state.origin).toMatchObject({ kind: 'cached', from: 'Office' });
  });

  it('is not asked of a target that nobody set up', async () => {
    expect(await place().choose('nowhere')).toEqual({
      ok: false,
      error: { code: 'unknown-target', name: 'nowhere' },
    });
  });

  it('comes from the local proxy again once its target is removed', async () => {
    const [remote, { keeper, setTargets, choose }] = [await server(), place()];
    await setTargets([targetOn(remote.url)]);
    await choose('office');
    await keeper.refresh('person');
    const before = remote.withKey();
    await setTargets([]);
    expect((await keeper.read()).state.asks).toBeNull();
    const { state } = await keeper.refresh('person');
    expect(state).toMatchObject({ asks: null, fault: 'no-config', origin: { from: 'Office' } });
    expect(remote.withKey()).toBe(before);
  });

  it.each([
    [{ kind: 'wrong-key' }, 'refused'],
    [{ kind: 'forbidden' }, 'forbidden'],
    [{ kind: 'banned' }, 'forbidden'],
  ] as const)(
    'sends its key once after %j, in another process neither, until a person asks',
    async (trouble, fault) => {
      const [remote, { keeper, nextKeeper, setTargets, choose }] = [await server(), place()];
      await setTargets([targetOn(remote.url)]);
      await choose('office');
      await remote.setFault(trouble);
      expect((await keeper.refresh('timer')).state.fault).toBe(fault);
      expect((await keeper.refresh('timer')).state.fault).toBe(fault);
      expect((await nextKeeper().refresh('timer')).state.fault).toBe(fault);
      expect(remote.withKey()).toBe(1);
      await remote.setFault(null);
      expect((await nextKeeper().refresh('person')).state).toMatchObject({ fault: null });
    },
  );

  it.each(['timer', 'script'] as const)('sends a %s no key that a sync was refused with', async (by) => {
    const [remote, { context, keeper, setTargets, choose }] = [await server(), place()];
    await setTargets([targetOn(remote.url)]);
    await choose('office');
    await remote.setFault({ kind: 'wrong-key' });
    await look(context);
    expect(remote.withKey()).toBe(1);
    expect((await keeper.refresh(by)).state.fault).toBe('refused');
    expect(remote.withKey()).toBe(1);
    await remote.setFault(null);
    expect((await keeper.refresh('person')).state.fault).toBeNull();
    // Syncs know of it, too.
    expect(await look(context)).toMatchObject({ ok: true });
  });

  it('lets a script ask again after a 403, which tells nothing of the key', async () => {
    const [remote, { keeper, nextKeeper, setTargets, choose }] = [await server(), place()];
    await setTargets([targetOn(remote.url)]);
    await choose('office');
    await remote.setFault({ kind: 'forbidden' });
    expect((await keeper.refresh('timer')).state.fault).toBe('forbidden');
    expect((await nextKeeper().refresh('timer')).state.fault).toBe('forbidden');
    expect(remote.withKey()).toBe(1);
    await remote.setFault(null);
    expect((await nextKeeper().refresh('script')).state.fault).toBeNull();
    expect((await nextKeeper().refresh('timer')).state.fault).toBeNull();
  });

  it('asks by itself again once it has another key', async () => {
    const [remote, { keeper, setTargets, choose }] = [await server(), place()];
    await setTargets([targetOn(remote.url)], 'sk-test-management-wrong');
    await choose('office');
    expect((await keeper.refresh('timer')).state.fault).toBe('refused');
    await setTargets([targetOn(remote.url)]);
    expect((await keeper.refresh('timer')).state.fault).toBeNull();
  });

  it('sends nothing without a key, and says so', async () => {
    const [remote, { keeper, setTargets, choose }] = [await server(), place()];
    await setTargets([targetOn(remote.url, { keySource: 'environment' })]);
    await choose('office');
    expect((await keeper.refresh('person')).state).toMatchObject({
      fault: 'no-key',
      origin: { kind: 'static' },
    });
    expect(remote.requests).toEqual([]);
  });

  it('waits for the refresh from one place before it asks another', async () => {
    const [first, second, { keeper, setTargets, choose }] = [await server(), await server(), place()];
    await setTargets([targetOn(first.url), targetOn(second.url, { id: 'home', name: 'Home' })]);
    await choose('office');
    const one = keeper.refresh('person');
    await choose('home');
    const other = keeper.refresh('person');
    expect((await one).state.asks?.id).toBe('office');
    expect((await other).state.asks?.id).toBe('home');
  });

  it('keeps no key in what it remembers', async () => {
    const [remote, { context, folder, keeper, setTargets, choose }] = [await server(), place()];
    await setTargets([targetOn(remote.url)]);
    await choose('office');
    await remote.setFault({ kind: 'wrong-key' });
    await keeper.refresh('timer');
    await remote.setFault({ kind: 'forbidden' });
    await keeper.refresh('person');
    expect(readFileSync(join(folder, 'catalog.json'), 'utf8')).toContain('forbidden');
    const holding = filesBelow(context.stateFolder, '').filter((path) =>
      readFileSync(path, 'utf8').includes(KEY),
    );
    expect(holding).toEqual([join(folder, 'keys.json')]);
  });
});

describe('a fault of a server', () => {
  const certificate = { fingerprint: 'f', subject: null };
  const table: readonly (readonly [RemoteFault, CatalogFault])[] = [
    [{ code: 'unreachable', reason: 'ENOTFOUND' }, 'unreachable'],
    [{ code: 'timeout' }, 'no-answer'],
    [{ code: 'tls-untrusted', reason: 'r', ...certificate, validToMs: null }, 'tls-failed'],
    [{ code: 'tls-changed', ...certificate }, 'tls-failed'],
    [{ code: 'plain-http' }, 'plain-http'],
    [{ code: 'no-key', source: 'file' }, 'no-key'],
    [{ code: 'wrong-key' }, 'refused'],
    [{ code: 'forbidden' }, 'forbidden'],
    [{ code: 'banned', untilMs: null }, 'forbidden'],
    [{ code: 'api-off' }, 'api-off'],
    [{ code: 'server-error', status: 502 }, 'server-error'],
    [{ code: 'rejected', status: 400 }, 'bad-answer'],
    [{ code: 'redirect', status: 302, to: 'elsewhere.test' }, 'bad-answer'],
    [{ code: 'bad-answer', reason: 'not-a-list' }, 'bad-answer'],
  ];
  it.each(table)('%j is %s for the catalog', (fault, expected) => {
    expect(catalogFaultOf(fault)).toBe(expected);
  });
});
