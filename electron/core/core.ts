import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Catalog } from '../../shared/schema/catalog.ts';
import type { DoctorReport } from '../../shared/schema/finding.ts';
import type { HistoryEntry, HistoryReport } from '../../shared/schema/history.ts';
import type { ProxyKeyAnswer } from '../../shared/schema/proxy-key.ts';
import type {
  AddTarget,
  ConfiguredTargets,
  RemoteTarget,
  RemoveTarget,
  TargetTest,
  TestTarget,
  UpdateTarget,
} from '../../shared/schema/remote.ts';
import type { CatalogRefresh } from '../../shared/schema/requests.ts';
import type { StatusReport } from '../../shared/schema/status.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import type { UndoReport } from '../../shared/schema/undo.ts';
import type { CatalogKeeper } from './catalog/catalog.ts';
import { stateFolderPath } from './files/state-folder.ts';
import { resolveCcsDirectory } from './profiles/ccs-directory.ts';
import type { Clock } from './support/clock.ts';
import type { Environment } from './support/environment.ts';
import type { Keyring } from './targets/target-keys.ts';
import type { ExcludeReport } from './sync/exclude.ts';
import type { ChangeRequest } from './sync/run-change.ts';
import type { SyncContext } from './sync/sync-context.ts';
import { syncTarget } from './sync/sync-target.ts';
import type { SyncRequest } from './sync/sync-request.ts';

/** What the host gives the engine: nothing is taken from the process itself. */
export interface CoreDeps {
  readonly env: Environment;
  /** The user's home folder, if there is one. */
  readonly homedir: string | null;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** The operating system's, where the host can reach it. */
  readonly keyring?: Keyring | null | undefined;
}

type Answer<T> = Promise<Result<T, AppError>>;

/** The engine, for one CCS directory. Each call reads what it needs anew. */
export interface Core {
  sync(request: SyncRequest): Answer<SyncReport>;
  /** `target` is the id of one; absent: the local file. So with all others. */
  status(target?: string): Answer<StatusReport>;
  /** `remotes`: also asks every remote server, as a person wants it: a look by itself must not send a wrong key. */
  doctor(ask?: { readonly remotes: boolean }): Promise<DoctorReport>;
  history(target?: string): Answer<HistoryReport>;
  historyRecord(id: number, target?: string): Answer<HistoryEntry>;
  /** Returns how many files went; `first`: also the bytes from before the first sync. */
  purgeHistory(first: boolean, target?: string): Answer<number>;
  /** `null`: the latest record that still can be undone. */
  undo(id: number | null, request: ChangeRequest): Answer<UndoReport>;
  restoreFirst(request: ChangeRequest): Answer<UndoReport>;
  restoreLost(id: number | null, request: ChangeRequest): Answer<UndoReport>;
  release(entries: 'keep' | 'remove', request: ChangeRequest): Answer<UndoReport>;
  excluded(): Answer<ExcludeReport>;
  exclude(change: 'add' | 'remove', names: readonly string[]): Answer<ExcludeReport>;
  /** The remote servers that are set up. */
  targets(): Answer<ConfiguredTargets>;
  testTarget(request: TestTarget): Answer<TargetTest>;
  addTarget(request: AddTarget): Answer<RemoteTarget>;
  updateTarget(request: UpdateTarget): Answer<RemoteTarget>;
  removeTarget(request: RemoveTarget): Answer<void>;
  /** Keeps a management key for the local proxy, or forgets it: null. */
  setProxyKey(key: string | null): Answer<ProxyKeyAnswer>;
  /** The models that are known, without asking the proxy. */
  catalog(): Answer<Catalog>;
  /**
   * Asks the proxy anew; why nothing came is said in the catalog's state. Error: `unknown-target`, where `from` is none.
   */
  refreshCatalog(ask: CatalogRefresh): Answer<Catalog>;
  /** Forgets what the proxy said, for CCS as well. */
  resetCatalog(): Answer<Catalog>;
}

/** Finds the CCS directory and our state folder. Error: `no-home`. */
export function createContext(deps: CoreDeps): Result<SyncContext, AppError> {
  const ccsDirectory = resolveCcsDirectory(deps.env, deps.homedir);
  if (!ccsDirectory.ok) return ccsDirectory;
  const stateFolder = stateFolderPath(deps.env, deps.platform, deps.homedir ?? '');
  if (!stateFolder.ok) return stateFolder;
  const { env, homedir, platform, clock, keyring } = deps;
  return ok({
    keyring,
    env,
    homedir,
    platform,
    clock,
    ccsDirectory: ccsDirectory.value,
    stateFolder: stateFolder.value,
  });
}

/** Puts the engine together, for calls one at a time; `createLiveCore` makes it live. Error: `no-home`. */
export function createCore(deps: CoreDeps): Result<Core, AppError> {
  const made = createContext(deps);
  if (!made.ok) return made;
  const context = made.value;
  // Each other part is loaded when it is first asked for: a command uses one, and most use `sync`.
  const reading = () => import('./sync/read-history.ts');
  const excluding = () => import('./sync/exclude.ts');
  const settingUp = () => import('./sync/set-up-target.ts');
  const setUp = async () => (await import('./targets/target-store.ts')).createTargetStore(context);
  return ok({
    sync: (request) => syncTarget(context, request),
    status: async (target) => {
      const survey = await (await import('./sync/status.ts')).surveyTarget(context, { proxy: true, target });
      return survey.ok ? ok(survey.value.report) : survey;
    },
    doctor: async (ask) => (await import('./doctor/examine.ts')).examine(context, ask?.remotes ?? false),
    history: async (target) => (await reading()).listHistory(context, target),
    historyRecord: async (id, target) => (await reading()).showHistory(context, id, target),
    purgeHistory: async (first, target) => (await reading()).purgeHistory(context, first, target),
    undo: async (id, request) => (await import('./sync/undo.ts')).undoRecord(context, id, request),
    restoreFirst: async (request) => (await import('./sync/restore-first.ts')).restoreFirst(context, request),
    restoreLost: async (id, request) =>
      (await import('./sync/restore-lost.ts')).restoreLost(context, id, request),
    release: async (entries, request) =>
      (await import('./sync/release.ts')).releaseTarget(context, entries, request),
    excluded: async () => (await excluding()).listExcluded(context),
    exclude: async (change, names) => (await excluding()).setExcluded(context, change, names),
    targets: async () => (await setUp()).configured(),
    testTarget: async (request) => (await settingUp()).testTarget(context, request),
    addTarget: async (request) => (await setUp()).add(request),
    updateTarget: async (request) => (await settingUp()).updateTarget(context, request),
    removeTarget: async (request) => (await import('./sync/remove-target.ts')).removeTarget(context, request),
    setProxyKey: async (key) => (await import('./sync/proxy-key.ts')).setProxyKey(context, key),
    ...catalogOf(
      async () => (await import('./catalog/catalog.ts')).createCatalogKeeper(context),
      async (id) => (await import('./catalog/catalog-source.ts')).chooseCatalogSource(context, id, null),
    ),
  });
}

/** The engine's part that concerns the catalog. */
export function catalogOf(
  keeper: () => Promise<CatalogKeeper>,
  choose: (id: string) => Answer<void>,
): Pick<Core, 'catalog' | 'refreshCatalog' | 'resetCatalog'> {
  return {
    catalog: async () => ok(await (await keeper()).read()),
    refreshCatalog: async ({ from, retryRefused = false }) => {
      const chosen = from === undefined ? ok(undefined) : await choose(from);
      return chosen.ok ? ok(await (await keeper()).refresh(retryRefused ? 'person' : 'script')) : chosen;
    },
    resetCatalog: async () => ok(await (await keeper()).reset()),
  };
}
