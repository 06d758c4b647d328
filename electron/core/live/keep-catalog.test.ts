import { describe, expect, it, onTestFinished } from 'vitest';
import type { Catalog, CatalogOrigin, CatalogState } from '../../../shared/schema/catalog.ts';
import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import type { AppState, TargetState } from '../../../shared/schema/state.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { sampleState } from '../../testing/sample-state.ts';
import { type CatalogKeeper, LIFETIME_MS } from '../catalog/catalog.ts';
import type { RefreshedBy } from '../catalog/catalog-access.ts';
import { type CatalogTimer, keepCatalog } from './keep-catalog.ts';

interface Kept {
  readonly clock: FakeClock;
  readonly timer: CatalogTimer;
  readonly tries: () => number;
  readonly reads: () => number;
  /** Who was said to ask, in each try. */
  readonly by: readonly RefreshedBy[];
  /** Somebody else has refreshed, with this fault, and the service's state has it. */
  readonly refreshed: (fault: CatalogState['fault']) => void;
}

/** A keeper that a script stands in for: its refreshes are counted, and bring a fault or the present moment. */
async function kept(
  origin: CatalogOrigin,
  fault: () => CatalogState['fault'],
  asks: CatalogState['asks'] = null,
): Promise<Kept> {
  const clock = fakeClock();
  let reads = 0;
  const by: RefreshedBy[] = [];
  let state: CatalogState = {
    origin,
    asks,
    refreshing: false,
    models: 1,
    fault: null,
    failed: [],
    cacheProblem: null,
  };
  const catalog = (): Promise<Catalog> =>
    Promise.resolve({ state, staticFacts: { date: '2026-01-01', from: 'a test' }, providers: [] });
  const come = (why: CatalogState['fault']): void => {
    state =
      why === null
        ? { ...state, fault: null, origin: { kind: 'live', fetchedMs: clock.now(), from: null } }
        : { ...state, fault: why };
  };
  const keeper: CatalogKeeper = {
    read: () => {
      reads += 1;
      return catalog();
    },
    refresh: (asking) => {
      by.push(asking);
      come(fault());
      return catalog();
    },
    reset: catalog,
    state: () => state,
  };
  const timer = keepCatalog(keeper, clock);
  onTestFinished(() => timer.dispose());
  await clock.advance(1);
  const refreshed = (why: CatalogState['fault']): void => {
    come(why);
    timer.onState(seen(null));
  };
  return { clock, timer, tries: () => by.length, reads: () => reads, by, refreshed };
}

const start = fakeClock().now();
const hour = LIFETIME_MS / 24;

function seen(proxy: ProxyObservation | null): AppState {
  const state = sampleState();
  return { ...state, targets: state.targets.map((target) => ({ ...target, proxy })) };
}

const OFFICE = { id: 'office', name: 'Office' };

/** The local target, whose proxy runs, and a remote one. */
function withOffice(state: TargetState['state']): AppState {
  const local = seen(RUNNING);
  const remote = {
    mode: 'auto',
    paused: false,
    version: null,
    busy: false,
    waiting: 0,
    profiles: [],
  } as const;
  const [first] = local.targets;
  const office = first && { ...first, ...OFFICE, remote, state, proxy: null };
  return { ...local, targets: [...local.targets, ...(office === undefined ? [] : [office])] };
}

const RUNNING: ProxyObservation = {
  state: 'unverified',
  why: 'no-answer',
  version: null,
  management: 'not-asked',
  watching: null,
  pid: null,
};

describe('the catalog of a living service', () => {
  it('is fetched at the start where there is none', async () => {
    const { tries } = await kept({ kind: 'static' }, () => null);
    expect(tries()).toBe(1);
  });

  it('is left alone while what was fetched is less than a day old, and renewed when it is a day old', async () => {
    const { clock, tries } = await kept({ kind: 'cached', fetchedMs: start - hour, from: null }, () => null);
    expect(tries()).toBe(0);
    await clock.advance(LIFETIME_MS - hour - 2);
    expect(tries()).toBe(0);
    await clock.advance(1);
    expect(tries()).toBe(1);
    await clock.advance(LIFETIME_MS);
    expect(tries()).toBe(2);
  });

  it('is renewed at the start where it is from a time to come', async () => {
    const { tries } = await kept({ kind: 'stale', fetchedMs: start + LIFETIME_MS, from: null }, () => null);
    expect(tries()).toBe(1);
  });

  it('is tried again by itself no sooner than a day after a try that failed', async () => {
    const { clock, tries } = await kept({ kind: 'static' }, () => 'no-key');
    expect(tries()).toBe(1);
    await clock.advance(LIFETIME_MS - 2);
    expect(tries()).toBe(1);
    await clock.advance(2);
    expect(tries()).toBe(2);
  });

  it.each(['refused', 'forbidden'] as const)('is never tried again by itself after %s', async (fault) => {
    const { clock, timer, tries } = await kept({ kind: 'static' }, () => fault);
    timer.onState(seen(RUNNING));
    await clock.advance(30 * LIFETIME_MS);
    expect(tries()).toBe(1);
  });

  it('is renewed a day after a person has refreshed it, and not before', async () => {
    const { clock, tries, refreshed } = await kept(
      { kind: 'cached', fetchedMs: start, from: null },
      () => null,
    );
    await clock.advance(12 * hour);
    refreshed(null);
    await clock.advance(23 * hour);
    expect(tries()).toBe(0);
    await clock.advance(hour);
    expect(tries()).toBe(1);
  });

  it.each(['refused', 'forbidden'] as const)(
    'is renewed by itself again once a person has mended %s',
    async (fault) => {
      const answers: CatalogState['fault'][] = [fault];
      const { clock, tries, refreshed } = await kept({ kind: 'static' }, () => answers.shift() ?? null);
      await clock.advance(3 * LIFETIME_MS);
      expect(tries()).toBe(1);
      refreshed(null);
      await clock.advance(LIFETIME_MS);
      expect(tries()).toBe(2);
      await clock.advance(LIFETIME_MS);
      expect(tries()).toBe(3);
    },
  );

  it.each(['refused', 'forbidden'] as const)(
    'is not renewed by itself any more once a person was told %s',
    async (fault) => {
      const { clock, tries, refreshed } = await kept(
        { kind: 'cached', fetchedMs: start, from: null },
        () => null,
      );
      refreshed(fault);
      expect(clock.timers).toBe(0);
      await clock.advance(10 * LIFETIME_MS);
      expect(tries()).toBe(0);
    },
  );

  it('is renewed after a day also where the clock was set back meanwhile', async () => {
    const { clock, tries } = await kept({ kind: 'static' }, () => null);
    expect(tries()).toBe(1);
    clock.setBack(30 * LIFETIME_MS);
    await clock.advance(LIFETIME_MS);
    expect(tries()).toBe(2);
    await clock.advance(LIFETIME_MS);
    expect(tries()).toBe(3);
  });

  it('is tried where the remote server that refused its key is seen to let us in, once', async () => {
    const { clock, timer, by } = await kept({ kind: 'static' }, () => 'refused', OFFICE);
    timer.onState(withOffice('auth-failed'));
    timer.onState(withOffice('starting'));
    timer.onState(withOffice('in-sync'));
    timer.onState(withOffice('in-sync'));
    await clock.advance(1);
    expect(by).toEqual(['timer', 'script']);
  });

  it('is tried where the local proxy that refused its key is seen to take it, once', async () => {
    const { clock, timer, by } = await kept({ kind: 'static' }, () => 'refused');
    timer.onState(seen({ ...RUNNING, management: 'refused' }));
    timer.onState(seen({ ...RUNNING, management: 'answered' }));
    timer.onState(seen({ ...RUNNING, management: 'answered' }));
    await clock.advance(1);
    expect(by).toEqual(['timer', 'script']);
  });

  it('is tried again where the proxy came while it was still being asked', async () => {
    const answers: CatalogState['fault'][] = ['not-running'];
    const look = { of: (): void => undefined };
    const fresh = { kind: 'cached', fetchedMs: start, from: null } as const;
    const { clock, timer, by } = await kept(fresh, () => {
      look.of();
      return answers.shift() ?? null;
    });
    look.of = () => timer.onState(seen(RUNNING));
    await clock.advance(LIFETIME_MS);
    expect(by).toEqual(['timer', 'timer']);
  });

  it('is tried as soon as the remote server that it comes from is reached, whatever the local proxy does', async () => {
    const { timer, tries } = await kept({ kind: 'static' }, () => 'unreachable', OFFICE);
    timer.onState(withOffice('offline'));
    expect(tries()).toBe(1);
    timer.onState(withOffice('in-sync'));
    expect(tries()).toBe(2);
  });

  it('is read anew once the server that it comes from was removed', async () => {
    const { timer, reads } = await kept({ kind: 'static' }, () => 'no-key', OFFICE);
    const before = reads();
    timer.onState(seen(RUNNING));
    expect(reads()).toBe(before);
    timer.onState(withOffice('in-sync'));
    timer.onState(seen(RUNNING));
    timer.onState(seen(RUNNING));
    expect(reads()).toBe(before + 1);
  });

  it('is tried as soon as a proxy that did not run is seen running, once', async () => {
    let fault: CatalogState['fault'] = 'not-running';
    const { clock, timer, tries } = await kept({ kind: 'static' }, () => fault);
    timer.onState(seen({ state: 'not-running' }));
    timer.onState(seen(null));
    expect(tries()).toBe(1);
    fault = 'no-key';
    timer.onState(seen(RUNNING));
    timer.onState(seen(RUNNING));
    await clock.advance(1);
    expect(tries()).toBe(2);
    timer.onState(seen({ state: 'not-running' }));
    timer.onState(seen(RUNNING));
    expect(tries()).toBe(2);
  });

  it('sets no timer any more once it is disposed of', async () => {
    const { clock, timer, tries } = await kept({ kind: 'static' }, () => null);
    timer.dispose();
    expect(clock.timers).toBe(0);
    timer.onState(seen(RUNNING));
    await clock.advance(3 * LIFETIME_MS);
    expect(tries()).toBe(1);
  });
});
