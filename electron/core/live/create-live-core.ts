import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { AppState, Capabilities } from '../../../shared/schema/state.ts';
import { createCatalogKeeper } from '../catalog/catalog.ts';
import { catalogOf, type Core, type CoreDeps, createContext, createCore } from '../core.ts';
import type { LiveCore } from '../live-core.ts';
import { setCcsAutoSync } from '../profiles/ccs-auto-sync.ts';
import { readCcsConfig } from '../profiles/read-ccs-config.ts';
import { startingState } from '../state/reduce.ts';
import { createStateStore } from '../state/store.ts';
import { localConfigPath } from '../sync/file-place.ts';
import { peekHome } from '../sync/home.ts';
import { releaseHold } from '../sync/release-hold.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { createBackOff } from '../watch/back-off.ts';
import { createScheduler } from '../watch/scheduler.ts';
import { createWatcher, type WatcherOptions } from '../watch/watcher.ts';
import type { Watcher } from '../watch/watcher-interface.ts';
import { DEFAULT_PROXY_PORT } from '../yaml/config-facts.ts';
import { createAlarm } from './alarm.ts';
import { autoSyncOf } from './auto-sync.ts';
import { createEngine, type Engine } from './engine.ts';
import { keepCatalog } from './keep-catalog.ts';
import { openSettings, type SettingsStore } from './settings-store.ts';
import { watchedPaths } from './watched-paths.ts';

export interface LiveDeps extends CoreDeps {
  /** Where the state is made, for those who look at it from elsewhere. */
  readonly service: AppState['service'];
  readonly capabilities: Capabilities;
  /** Another source of hints than the file system's, for simulations. */
  readonly createWatcher?: (options: WatcherOptions) => Watcher;
}

/** However steady the stream of changes: a look at most this long after the first, in milliseconds. */
const MOST_MS = 2000;
/** How often the proxy is looked at while it has not loaded what was written: nobody tells of its restart. */
const RELOOK_MS = 10_000;

/** Brings the engine to life: it looks at once, then whenever something changes. Errors: `no-home`, `state-unusable`. */
export function createLiveCore(deps: LiveDeps): Result<LiveCore, AppError> {
  const context = createContext(deps);
  if (!context.ok) return context;
  const core = createCore(deps);
  if (!core.ok) return core;
  const home = peekHome(context.value.stateFolder, context.value.ccsDirectory);
  if (!home.ok) return home;
  const settings = openSettings(home.value.folder);
  if (!settings.ok) return settings;
  const { localPort, autoSync: lastKnown } = home.value.memory;
  const path = localConfigPath(context.value.ccsDirectory, localPort ?? DEFAULT_PROXY_PORT);
  const autoSync = autoSyncOf({ settings: settings.value.get(), reading: null, lastKnown });
  const { ccsDirectory } = context.value;
  const initial = startingState(
    { ccsDirectory, capabilities: deps.capabilities, service: deps.service },
    { path, autoSync },
  );
  return ok(live({ deps, context: context.value, core: core.value, settings: settings.value, initial }));
}

interface Parts {
  readonly deps: LiveDeps;
  readonly context: SyncContext;
  readonly core: Core;
  readonly settings: SettingsStore;
  readonly initial: AppState;
}

function live({ deps, context, core, settings, initial }: Parts): LiveCore {
  const { clock } = deps;
  const store = createStateStore(initial);
  let hinted = new Set<string | null>();
  let relookAtMs: number | null = null;
  let closing: Promise<void> | null = null;

  const scheduler = createScheduler({ clock, quietMs: settings.get().quietMs, mostMs: MOST_MS, run: pass });
  const lookNow = (): void => {
    if (closing !== null) return;
    hinted.add(null);
    void scheduler.runNow();
  };
  const alarm = createAlarm(clock, lookNow);
  const backOff = createBackOff({ clock, retry: lookNow });
  const watcher = (deps.createWatcher ?? createWatcher)({
    clock,
    listeners: {
      onHint: (path) => {
        hinted.add(path);
        scheduler.hint();
      },
      onState: (state) => store.dispatch({ kind: 'watcher', watcher: state }),
    },
  });
  let watched = '';
  const engine: Engine = createEngine({
    context,
    settings,
    store,
    backOff,
    onWorld: (world) => {
      const paths = watchedPaths(world);
      const text = JSON.stringify(paths);
      if (text === watched || closing !== null) return;
      watched = text;
      watcher.watch(paths);
    },
  });

  async function pass(): Promise<void> {
    if (closing !== null) return;
    const paths = hinted;
    hinted = new Set();
    await endPause();
    if (paths.has(null)) relookAtMs = null;
    await engine.pass(paths);
  }

  async function endPause(): Promise<void> {
    const { pausedUntilMs } = settings.get();
    if (pausedUntilMs === null || clock.now() < pausedUntilMs) return;
    await settings.change({ pausedUntilMs: null });
  }

  function setAlarm({ autoSync, targets }: AppState): void {
    if (closing !== null) return;
    const isDeaf = targets.some(({ state }) => state === 'not-loaded');
    relookAtMs = isDeaf ? (relookAtMs ?? clock.now() + RELOOK_MS) : null;
    const moments = [autoSync.pausedUntilMs, relookAtMs].filter((moment) => moment !== null);
    alarm.set(moments.length === 0 ? null : Math.min(...moments));
  }

  /** What a person changes is in the state when this resolves; what follows from it by itself comes right after. */
  async function changing<T>(work: () => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
    const done = await engine.change(work);
    lookNow();
    return done;
  }

  async function close(): Promise<void> {
    watcher.dispose();
    scheduler.dispose();
    backOff.dispose();
    alarm.dispose();
    catalogTimer.dispose();
    await engine.idle();
    backOff.dispose();
    store.dispatch({ kind: 'watcher', watcher: { state: 'stopped' } });
    store.dispose();
  }

  store.subscribe(setAlarm);
  const keeper = createCatalogKeeper(context, (catalog) => store.dispatch({ kind: 'catalog', catalog }));
  const catalogTimer = keepCatalog(keeper, clock);
  store.subscribe((state) => catalogTimer.onState(state));
  watcher.watch(
    watchedPaths({ ccsDirectory: context.ccsDirectory, target: samePath(initial), profilePaths: [] }),
  );
  lookNow();

  return {
    ...core,
    state: () => store.state(),
    subscribe: (listener) => store.subscribe(listener),
    settings: () => settings.get(),
    setSettings: async (change) => {
      const changed = await settings.change(change);
      if (changed.ok) scheduler.setQuietMs(changed.value.quietMs);
      return changed;
    },
    setAutoSync: ({ mode, enabled }) =>
      changing(async () => {
        const said = await ccsValue({ mode, enabled }, context);
        if (!said.ok) return said;
        const changed = await settings.change({ autoSync: { mode, enabled } });
        return changed.ok ? ok(undefined) : changed;
      }),
    setPause: (untilMs) =>
      changing(async () => {
        const changed = await settings.change({ pausedUntilMs: untilMs });
        return changed.ok ? ok(undefined) : changed;
      }),
    releaseHold: (profile) => changing(() => releaseHold(context, profile)),
    hint: lookNow,
    sync: (request) => engine.sync(request),
    purgeHistory: (first) => changing(() => core.purgeHistory(first)),
    undo: (id, request) => changing(() => core.undo(id, request)),
    restoreFirst: (request) => changing(() => core.restoreFirst(request)),
    restoreLost: (id, request) => changing(() => core.restoreLost(id, request)),
    release: (entries, request) => changing(() => core.release(entries, request)),
    exclude: (change, names) => changing(() => core.exclude(change, names)),
    ...catalogOf(() => Promise.resolve(keeper)),
    shutDown: () => (closing ??= close()),
  };
}

/** Following CCS means changing its own value; "Only CLIProxy Sync" turns CCS's off, where it has any. */
async function ccsValue(
  { mode, enabled }: { readonly mode: 'follow-ccs' | 'own'; readonly enabled: boolean },
  context: SyncContext,
): Promise<Result<void, AppError>> {
  if (mode === 'own' && (await readCcsConfig(context)).state === 'absent') return ok(undefined);
  return setCcsAutoSync(context, mode === 'follow-ccs' && enabled);
}

function samePath({ targets }: AppState): { readonly path: string; readonly realPath: string } {
  const path = targets[0]?.path ?? '';
  return { path, realPath: path };
}
