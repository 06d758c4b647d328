import { join, sep } from 'node:path';
import type { WatcherState } from '../../../shared/schema/state.ts';
import type { Clock } from '../support/clock.ts';
import type { Disposable } from '../support/disposable.ts';
import type { Names } from './folder-look.ts';
import { createPlace, type Place, type PlaceListeners } from './place.ts';
import { createRescanTimer } from './rescan-timer.ts';
import { placesToWatch } from './watched-places.ts';
import type { WatchedPaths, Watcher, WatcherListeners } from './watcher-interface.ts';
import { watcherStateOf } from './watcher-state.ts';

/** How soon a folder that is not watched (missing, without permission, no watches left) is looked at again. */
const LOOK_MS = 1000;
/** Looking must not take more than a twentieth of the time, however many files there are. */
const LOOK_SHARE = 20;

export interface WatcherOptions {
  readonly clock: Clock;
  readonly listeners: WatcherListeners;
}

/** Watches nothing until `watch` is called, which may be called again at any time with other or the same paths. */
export function createWatcher({ clock, listeners }: WatcherOptions): Watcher {
  const places = new Map<string, Place>();
  let paths: WatchedPaths = { folders: [], files: [] };
  let state: WatcherState = { state: 'starting' };
  let wanted: 'look' | 'rescan' | null = null;
  let working = false;
  let lookTimer: Disposable | null = null;
  let rescanTimer: Disposable | null = null;

  const isStopped = (): boolean => state.state === 'stopped';

  function setState(next: WatcherState): void {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    listeners.onState(next);
  }

  function lookSoon(delayMs: number): void {
    lookTimer?.dispose();
    lookTimer = clock.setTimer(delayMs, () => void refresh('look'));
  }

  const placeListeners: PlaceListeners = {
    onEvent: (place, name) => {
      const path = name === null ? place.folder : join(place.folder, name);
      if (name === null || isAwaited(path)) void refresh('look');
      if (name === null || (place.names?.has(name) ?? true)) listeners.onHint(path);
    },
    onChange: (place) => listeners.onHint(place.folder),
    onBroken: () => {
      setState(watcherStateOf([...places.values()]));
      lookSoon(LOOK_MS);
      listeners.onHint(null);
    },
  };

  function isAwaited(path: string): boolean {
    const awaited = [...places.values()].filter((place) => place.state.kind !== 'watched');
    return awaited.some(({ folder }) => folder === path || folder.startsWith(path + sep));
  }

  function reconcile(folders: ReadonlyMap<string, Names>): void {
    for (const [folder, place] of places) {
      if (folders.has(folder)) continue;
      place.dispose();
      places.delete(folder);
    }
    for (const [folder, names] of folders) {
      const place = places.get(folder) ?? createPlace(folder, placeListeners);
      places.set(folder, place);
      if (place.state.kind !== 'unknown' && isWider(names, place.names)) listeners.onHint(folder);
      place.names = names;
    }
  }

  /** One at a time; what is asked for meanwhile is done once more afterwards. */
  async function refresh(kind: 'look' | 'rescan'): Promise<void> {
    if (wanted !== 'rescan') wanted = kind;
    if (working) return;
    working = true;
    while (wanted !== null && !isStopped()) {
      const retryNative: boolean = wanted === 'rescan';
      wanted = null;
      const startedMs = clock.now();
      const folders = await placesToWatch(paths);
      if (isStopped()) return;
      reconcile(folders);
      await Promise.all([...places.values()].map((place) => place.check(retryNative)));
      if (isStopped()) return;
      const now = [...places.values()];
      setState(watcherStateOf(now));
      const isWatched = now.every((place) => place.state.kind === 'watched');
      if (isWatched) lookTimer?.dispose();
      else lookSoon(Math.max(LOOK_MS, LOOK_SHARE * (clock.now() - startedMs)));
    }
    working = false;
  }

  return {
    get state() {
      return state;
    },
    watch: (next) => {
      if (isStopped()) return;
      paths = next;
      rescanTimer ??= createRescanTimer(clock, () => {
        void refresh('rescan');
        listeners.onHint(null);
      });
      void refresh('look');
    },
    dispose: () => {
      if (isStopped()) return;
      setState({ state: 'stopped' });
      lookTimer?.dispose();
      rescanTimer?.dispose();
      for (const place of places.values()) place.dispose();
    },
  };
}

/** Whether names matter that did not before: their changes so far went unnoticed. */
function isWider(names: Names, before: Names): boolean {
  if (before === null) return false;
  return names === null || [...names].some((name) => !before.has(name));
}
