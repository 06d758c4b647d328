import type { CatalogState } from '../../../shared/schema/catalog.ts';
import { LOCAL_TARGET } from '../../../shared/schema/remote.ts';
import type { AppState, TargetState } from '../../../shared/schema/state.ts';
import { type CatalogKeeper, isFresh, LIFETIME_MS } from '../catalog/catalog.ts';
import type { Clock } from '../support/clock.ts';
import type { Disposable } from '../support/disposable.ts';
import { createAlarm } from './alarm.ts';

/** Faults that came to no request with a key: worth another try as soon as the proxy is seen running. */
const NOT_ASKED: ReadonlySet<CatalogState['fault']> = new Set(['not-running', 'no-config', 'unreachable']);

/** Asked again by a person only: five wrong keys shut everybody out for 30 minutes. */
const REFUSED: ReadonlySet<CatalogState['fault']> = new Set(['refused', 'forbidden']);

/** States of a remote server that was not reached, or not yet. */
const AWAY: ReadonlySet<TargetState['state']> = new Set(['starting', 'offline', 'error', 'auth-failed']);

export interface CatalogTimer extends Disposable {
  /** Looks at each state: a proxy that was away may have come. */
  onState(state: AppState): void;
}

/**
 * Refreshes the catalog by itself: at the start where what was fetched is a day old, and whenever it becomes so. After
 * a try that brought nothing the next one comes a day later, or once a proxy that did not run is seen running.
 */
export function keepCatalog(keeper: CatalogKeeper, clock: Clock): CatalogTimer {
  let isClosed = false;
  let wasRunning = false;
  /** The target that the catalog comes from, once a state had it: one that is gone then was removed. */
  let seenId: string | null = null;
  const alarm = createAlarm(clock, () => void refresh());

  async function refresh(): Promise<void> {
    const triedMs = clock.now();
    settle((await keeper.refresh('timer')).state, triedMs);
  }

  function settle({ origin, fault }: CatalogState, triedMs: number): void {
    if (isClosed || REFUSED.has(fault)) return;
    const sinceMs = fault === null && origin.kind !== 'static' ? origin.fetchedMs : triedMs;
    alarm.set(sinceMs + LIFETIME_MS);
  }

  async function start(): Promise<void> {
    const { state } = await keeper.read();
    if (isClosed) return;
    const { origin } = state;
    if (origin.kind !== 'static' && isFresh(origin.fetchedMs, clock.now())) settle(state, origin.fetchedMs);
    else await refresh();
  }

  void start();
  return {
    onState: ({ targets }) => {
      const { asks } = keeper.state();
      const asked = targets.find(({ id }) => id === (asks?.id ?? LOCAL_TARGET));
      const isGone = asks !== null && asked === undefined && seenId === asks.id;
      if (isGone && !isClosed) void keeper.read();
      seenId = asked?.id ?? null;
      const isRunning = asked !== undefined && isThere(asked);
      const came = isRunning && !wasRunning;
      wasRunning = isRunning;
      if (came && !isClosed && NOT_ASKED.has(keeper.state().fault)) void refresh();
    },
    dispose: () => {
      isClosed = true;
      alarm.dispose();
    },
  };
}

function isThere({ remote, state, proxy }: TargetState): boolean {
  return remote === null ? proxy !== null && proxy.state !== 'not-running' : !AWAY.has(state);
}
