import { describe, expect, it, onTestFinished } from 'vitest';
import type { Catalog, CatalogOrigin, CatalogState } from '../../../shared/schema/catalog.ts';
import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { sampleState } from '../../testing/sample-state.ts';
import { type CatalogKeeper, LIFETIME_MS } from '../catalog/catalog.ts';
import { type CatalogTimer, keepCatalog } from './keep-catalog.ts';

interface Kept {
  readonly clock: FakeClock;
  readonly timer: CatalogTimer;
  readonly tries: () => number;
}

/** A keeper that a script stands in for: its refreshes are counted, and bring a fault or the present moment. */
async function kept(origin: CatalogOrigin, fault: () => CatalogState['fault']): Promise<Kept> {
  const clock = fakeClock();
  let tries = 0;
  let state: CatalogState = {
    origin,
    asks: null,
    refreshing: false,
    models: 1,
    fault: null,
    failed: [],
    cacheProblem: null,
  };
  const catalog = (): Promise<Catalog> =>
    Promise.resolve({ state, staticFacts: { date: '2026-01-01', from: 'a test' }, providers: [] });
  const keeper: CatalogKeeper = {
    read: catalog,
    refresh: () => {
      tries += 1;
      const why = fault();
      state =
        why === null
          ? { ...state, fault: null, origin: { kind: 'live', fetchedMs: clock.now(), from: null } }
          : { ...state, fault: why };
      return catalog();
    },
    reset: catalog,
    state: () => state,
  };
  const timer = keepCatalog(keeper, clock);
  onTestFinished(() => timer.dispose());
  await clock.advance(1);
  return { clock, timer, tries: () => tries };
}

const start = fakeClock().now();
const hour = LIFETIME_MS / 24;

function seen(proxy: ProxyObservation | null): ReturnType<typeof sampleState> {
  const state = sampleState();
  return { ...state, targets: state.targets.map((target) => ({ ...target, proxy })) };
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
    const { clock, tries } = await kept({ kind: 'static' }, () => 'refused');
    expect(tries()).toBe(1);
    await clock.advance(LIFETIME_MS - 2);
    expect(tries()).toBe(1);
    await clock.advance(2);
    expect(tries()).toBe(2);
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
