import type { AppState } from '../../../shared/schema/state.ts';
import type { Disposable } from '../support/disposable.ts';
import type { StateEvent } from './events.ts';
import { reduce } from './reduce.ts';

/** Holds the one state and tells of each new one. */
export interface StateStore extends Disposable {
  state(): AppState;
  dispatch(event: StateEvent): void;
  /** Calls with the present state at once, then with the newest one: several changes in one go make one call. */
  subscribe(listener: (state: AppState) => void): Disposable;
  /** How many listen. */
  readonly listeners: number;
}

export function createStateStore(initial: AppState): StateStore {
  let state = initial;
  let isClosed = false;
  /** Each wakes one listener, so that one that throws takes nothing from the others. */
  const wakers = new Set<() => void>();

  return {
    state: () => state,
    get listeners() {
      return wakers.size;
    },
    dispatch: (event) => {
      if (isClosed) return;
      const next = reduce(state, event);
      if (next === state) return;
      state = next;
      for (const wake of wakers) wake();
    },
    subscribe: (listener) => {
      let isPending = false;
      const wake = (): void => {
        if (isPending) return;
        isPending = true;
        queueMicrotask(() => {
          isPending = false;
          if (wakers.has(wake)) listener(state);
        });
      };
      if (!isClosed) wakers.add(wake);
      listener(state);
      return { dispose: () => void wakers.delete(wake) };
    },
    dispose: () => {
      isClosed = true;
      wakers.clear();
    },
  };
}
