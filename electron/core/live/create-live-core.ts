import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { AppState, Capabilities } from '../../../shared/schema/state.ts';
import { createCatalogKeeper } from '../catalog/catalog.ts';
import { chooseCatalogSource } from '../catalog/catalog-source.ts';
import { catalogOf, type Core, type CoreDeps, createContext, createCore } from '../core.ts';
import type { LiveCore } from '../live-core.ts';
import { setCcsAutoSync } from '../profiles/ccs-auto-sync.ts';
import { readCcsConfig } from '../profiles/read-ccs-config.ts';
import { createActivities } from '../state/activities.ts';
import { createProfileReadings } from '../profiles/profile-readings.ts';
import { startingState } from '../state/reduce.ts';
import { createStateStore, type StateStore } from '../state/store.ts';
import { localConfigPath } from '../sync/file-place.ts';
import { peekHome } from '../sync/home.ts';
import { isLocal } from '../sync/remote-place.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { readRemoteTargets } from '../targets/remote-targets.ts';
import { createBackOff } from '../watch/back-off.ts';
import { createScheduler } from '../watch/scheduler.ts';
import { createWatcher, type WatcherOptions } from '../watch/watcher.ts';
import type { Watcher } from '../watch/watcher-interface.ts';
import { DEFAULT_PROXY_PORT } from '../yaml/config-facts.ts';
import { createAlarm } from './alarm.ts';
import { autoSyncOf } from './auto-sync.ts';
import { createEngine, type Engine } from './engine.ts';
import { keepCatalog } from './keep-catalog.ts';
import { addressMark } from './network-watch.ts';
import { createRemoteEngines, type RemoteEngines } from './remote-engines.ts';
import { createSetupLooker } from './remote-setup.ts';
import { openSettings, type SettingsStore } from './settings-store.ts';
import { targetChanges } from './target-changes.ts';
import { watchedPaths } from './watched-paths.ts';

export interface LiveDeps extends CoreDeps {
  /** Where the state is made, for those who look at it from elsewhere. */
  readonly service: AppState['service'];
  readonly capabilities: Capabilities;
  /** Another source of hints than the file system's, for simulations. */
  readonly createWatcher?: (options: WatcherOptions) => Watcher;
  /** Another maker of the store, for tests that count who listens to it, and what it is told. */
  readonly createStore?: (initial: AppState) => StateStore;
  /** Differs where the machine's network does; its own addresses, unless a test has others. */
  readonly network?: () => string;
  /** From 0 to 1, for the jitter of back-offs. */
  readonly random?: () => number;
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
  // A list of servers that can't be read must not be taken for an empty one: the host says so, and tries again.
  const remotes = readRemoteTargets(home.value.folder);
  if (!remotes.ok) return remotes;
  const parts = { deps, context: context.value, core: core.value, settings: settings.value, initial };
  return ok(live({ ...parts, homeFolder: home.value.folder }));
}

interface Parts {
  readonly deps: LiveDeps;
  readonly context: SyncContext;
  readonly core: Core;
  readonly settings: SettingsStore;
  readonly initial: AppState;
  readonly homeFolder: string;
}

function live({ deps, context, core, settings, initial, homeFolder }: Parts): LiveCore {
  const { clock } = deps;
  const store = (deps.createStore ?? createStateStore)(initial);
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
  const activities = createActivities(store, clock);
  const readings = createProfileReadings();
  const remotes: RemoteEngines = createRemoteEngines({
    context: { ...context, readProfile: readings.read },
    store,
    activities,
    setups: createSetupLooker(context, homeFolder),
    network: deps.network ?? addressMark,
    random: deps.random ?? Math.random,
  });
  const engine: Engine = createEngine({
    context,
    readings,
    settings,
    store,
    activities,
    backOff,
    onLook: ({ watched: world, wish, autoSync }) => {
      remotes.looked({ wish, isOn: autoSync.enabled && autoSync.pausedUntilMs === null });
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
    // Of the local proxy alone: a remote has a rhythm of its own.
    const isDeaf = targets.some(({ id, state }) => isLocal(id) && state === 'not-loaded');
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
    remotes.dispose();
    await engine.idle();
    await remotes.settled();
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
  remotes.refresh();
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
    hint: () => {
      lookNow();
      remotes.hint();
    },
    sync: (request) => {
      const { target } = request;
      return target === undefined || isLocal(target) ? engine.sync(request) : remotes.sync(target, request);
    },
    ...targetChanges({ core, context, remotes, changing }),
    setProxyKey: async (key) => {
      const done = await changing(() => core.setProxyKey(key));
      // Nothing else tells the catalog that what it lacked is there.
      if (done.ok && done.value.fit === 'fits' && keeper.state().fault === 'no-key' && closing === null)
        void keeper.refresh('timer');
      return done;
    },
    exclude: (change, names) => changing(() => core.exclude(change, names)),
    ...catalogOf(
      () => Promise.resolve(keeper),
      (id) => chooseCatalogSource(context, id, (change) => settings.change(change)),
    ),
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
