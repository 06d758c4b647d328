import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Catalog } from '../../shared/schema/catalog.ts';
import type { DoctorReport } from '../../shared/schema/finding.ts';
import type { HistoryEntry, HistoryReport } from '../../shared/schema/history.ts';
import type { StatusReport } from '../../shared/schema/status.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import type { UndoReport } from '../../shared/schema/undo.ts';
import type { CatalogKeeper } from './catalog/catalog.ts';
import { stateFolderPath } from './files/state-folder.ts';
import { resolveCcsDirectory } from './profiles/ccs-directory.ts';
import type { Clock } from './support/clock.ts';
import type { Environment } from './support/environment.ts';
import type { ExcludeReport } from './sync/exclude.ts';
import type { ChangeRequest } from './sync/run-change.ts';
import type { SyncContext } from './sync/sync-context.ts';
import { syncLocal } from './sync/sync-local.ts';
import type { SyncRequest } from './sync/sync-request.ts';

/** What the host gives the engine: nothing is taken from the process itself. */
export interface CoreDeps {
  readonly env: Environment;
  /** The user's home folder, if there is one. */
  readonly homedir: string | null;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
}

type Answer<T> = Promise<Result<T, AppError>>;

/** The engine, for one CCS directory. Each call reads what it needs anew. */
export interface Core {
  sync(request: SyncRequest): Answer<SyncReport>;
  status(): Answer<StatusReport>;
  doctor(): Promise<DoctorReport>;
  history(): Answer<HistoryReport>;
  historyRecord(id: number): Answer<HistoryEntry>;
  /** Returns how many files went; `first`: also the bytes from before the first sync. */
  purgeHistory(first: boolean): Answer<number>;
  /** `null`: the latest record that still can be undone. */
  undo(id: number | null, request: ChangeRequest): Answer<UndoReport>;
  restoreFirst(request: ChangeRequest): Answer<UndoReport>;
  restoreLost(id: number | null, request: ChangeRequest): Answer<UndoReport>;
  release(entries: 'keep' | 'remove', request: ChangeRequest): Answer<UndoReport>;
  excluded(): Answer<ExcludeReport>;
  exclude(change: 'add' | 'remove', names: readonly string[]): Answer<ExcludeReport>;
  /** The models that are known, without asking the proxy. */
  catalog(): Answer<Catalog>;
  /** Asks the proxy anew; why nothing came is said in the catalog's state. */
  refreshCatalog(): Answer<Catalog>;
  /** Forgets what the proxy said, for CCS as well. */
  resetCatalog(): Answer<Catalog>;
}

/** Finds the CCS directory and our state folder. Error: `no-home`. */
export function createContext(deps: CoreDeps): Result<SyncContext, AppError> {
  const ccsDirectory = resolveCcsDirectory(deps.env, deps.homedir);
  if (!ccsDirectory.ok) return ccsDirectory;
  const stateFolder = stateFolderPath(deps.env, deps.platform, deps.homedir ?? '');
  if (!stateFolder.ok) return stateFolder;
  const { env, homedir, platform, clock } = deps;
  return ok({
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
  return ok({
    sync: (request) => syncLocal(context, request),
    status: async () => {
      const survey = await (await import('./sync/status.ts')).surveyLocal(context);
      return survey.ok ? ok(survey.value.report) : survey;
    },
    doctor: async () => (await import('./doctor/examine.ts')).examine(context),
    history: async () => (await reading()).listHistory(context),
    historyRecord: async (id) => (await reading()).showHistory(context, id),
    purgeHistory: async (first) => (await reading()).purgeHistory(context, first),
    undo: async (id, request) => (await import('./sync/undo.ts')).undoRecord(context, id, request),
    restoreFirst: async (request) => (await import('./sync/restore-first.ts')).restoreFirst(context, request),
    restoreLost: async (id, request) =>
      (await import('./sync/restore-lost.ts')).restoreLost(context, id, request),
    release: async (entries, request) =>
      (await import('./sync/release.ts')).releaseTarget(context, entries, request),
    excluded: async () => (await excluding()).listExcluded(context),
    exclude: async (change, names) => (await excluding()).setExcluded(context, change, names),
    ...catalogOf(async () => (await import('./catalog/catalog.ts')).createCatalogKeeper(context)),
  });
}

/** The engine's part that concerns the catalog. */
export function catalogOf(
  keeper: () => Promise<CatalogKeeper>,
): Pick<Core, 'catalog' | 'refreshCatalog' | 'resetCatalog'> {
  return {
    catalog: async () => ok(await (await keeper()).read()),
    refreshCatalog: async () => ok(await (await keeper()).refresh()),
    resetCatalog: async () => ok(await (await keeper()).reset()),
  };
}
