import type { CatalogState } from '../../../shared/schema/catalog.ts';
import { LOCAL_TARGET } from '../../../shared/schema/remote.ts';
import type { AppState, TargetState } from '../../../shared/schema/state.ts';
import { type CatalogKeeper, isFresh, LIFETIME_MS } from '../catalog/catalog.ts';
import type { RefreshedBy } from '../catalog/catalog-access.ts';
import type { Clock } from '../support/clock.ts';
import type { Disposable } from '../support/disposable.ts';

/** Faults that came to no request with a key: worth another try as soon as the proxy is seen running. */
const NOT_ASKED: ReadonlySet<CatalogState['fault']> = new Set(['not-running', 'no-config', 'unreachable']);

/**
 * Not asked again by time alone: five wrong keys shut everybody out for 30 minutes. Only a person's refresh ends it, or
 * that the proxy is seen to let us in.
 */
const REFUSED: ReadonlySet<CatalogState['fault']> = new Set(['refused', 'forbidden']);

/** States of a remote server that was not reached, or not yet. */
const AWAY: ReadonlySet<TargetState['state']> = new Set(['starting', 'offline', 'error', 'auth-failed']);

export interface CatalogTimer extends Disposable {
  /** Looks at each state: a proxy that was away may have come, and others may have refreshed. */
  onState(state: AppState): void;
}

/**
 * Refreshes the catalog by itself: at the start where what was fetched is a day old, and whenever it becomes so,
 * whoever fetched it. After a try that brought nothing the next one comes a day later, or once a proxy that did not run
 * is seen running; after a refused key once the proxy is seen to take it.
 */
export function keepCatalog(keeper: CatalogKeeper, clock: Clock): CatalogTimer {
  let isClosed = false;
  let seen = NOTHING_SEEN;
  /** What was seen to come since the last try began. */
  let came: Omit<Sight, 'id'> = NOTHING_CAME;
  let wasRefreshing = false;
  /** What the timer was last set by; null: nothing was looked at yet. */
  let settledBy: string | null = null;
  let timer: Disposable | null = null;

  function refresh(by: RefreshedBy): void {
    const triedMs = clock.now();
    came = NOTHING_CAME;
    void keeper.refresh(by).then(({ state }) => {
      settle(state, triedMs);
      react(state);
    });
  }

  /** Tries again where what was in the way is seen to be gone. */
  function react({ fault, refreshing }: CatalogState): void {
    if (isClosed || refreshing) return;
    if (came.runs && NOT_ASKED.has(fault)) refresh('timer');
    else if (came.letsIn && REFUSED.has(fault)) refresh('script');
  }

  function settle(state: CatalogState, triedMs: number): void {
    timer?.dispose();
    timer = null;
    settledBy = markOf(state);
    const { origin, fault } = state;
    if (isClosed || REFUSED.has(fault)) return;
    wait(fault === null && origin.kind !== 'static' ? origin.fetchedMs : triedMs);
  }

  /** What elapses counts, not what the clock says then: one that was set back would put the next try off for as long. */
  function wait(sinceMs: number): void {
    const delayMs = Math.max(0, Math.min(LIFETIME_MS, sinceMs + LIFETIME_MS - clock.now()));
    timer = clock.setTimer(delayMs, () => {
      // A timer may fire a moment too early.
      if (isFresh(sinceMs, clock.now())) wait(sinceMs);
      else refresh('timer');
    });
  }

  async function start(): Promise<void> {
    const { state } = await keeper.read();
    if (isClosed) return;
    const { origin } = state;
    if (origin.kind !== 'static' && isFresh(origin.fetchedMs, clock.now())) settle(state, clock.now());
    else refresh('timer');
  }

  /** Another process, a person or CCS has refreshed, or tried to. */
  function follow(state: CatalogState): void {
    if (state.refreshing && !wasRefreshing) came = NOTHING_CAME;
    wasRefreshing = state.refreshing;
    if (settledBy === null || state.refreshing || markOf(state) === settledBy) return;
    settle(state, clock.now());
  }

  void start();
  return {
    onState: ({ targets }) => {
      if (isClosed) return;
      const state = keeper.state();
      const { asks } = state;
      const asked = targets.find(({ id }) => id === (asks?.id ?? LOCAL_TARGET));
      // One that was there and is gone was removed.
      if (asks !== null && asked === undefined && seen.id === asks.id) void keeper.read();
      follow(state);
      const before = seen;
      seen = sightOf(asked);
      came = {
        runs: came.runs || (seen.runs && !before.runs),
        letsIn: came.letsIn || (seen.letsIn && !before.letsIn),
      };
      react(state);
    },
    dispose: () => {
      isClosed = true;
      timer?.dispose();
    },
  };
}

/** What is seen of the proxy that the catalog comes from. */
interface Sight {
  readonly id: string | null;
  readonly runs: boolean;
  /** It took our key just now, or did not refuse it. */
  readonly letsIn: boolean;
}

const NOTHING_CAME = { runs: false, letsIn: false } as const;
const NOTHING_SEEN: Sight = { id: null, ...NOTHING_CAME };

function sightOf(target: TargetState | undefined): Sight {
  if (target === undefined) return NOTHING_SEEN;
  const { id, remote, state, proxy } = target;
  if (remote !== null) return { id, runs: !AWAY.has(state), letsIn: !AWAY.has(state) };
  const letsIn = proxy !== null && proxy.state !== 'not-running' && proxy.management === 'answered';
  return { id, runs: proxy !== null && proxy.state !== 'not-running', letsIn };
}

/** Differs once there was a refresh, or a try that came to something else. */
function markOf({ origin, fault }: CatalogState): string {
  return `${origin.kind === 'static' ? '' : origin.fetchedMs} ${fault ?? ''}`;
}
