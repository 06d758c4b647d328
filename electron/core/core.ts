import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { DoctorReport } from '../../shared/schema/finding.ts';
import type { HistoryEntry, HistoryReport } from '../../shared/schema/history.ts';
import type { StatusReport } from '../../shared/schema/status.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import type { UndoReport } from '../../shared/schema/undo.ts';
import { examine } from './doctor/examine.ts';
import { stateFolderPath } from './files/state-folder.ts';
import { resolveCcsDirectory } from './profiles/ccs-directory.ts';
import type { Clock } from './support/clock.ts';
import type { Environment } from './support/environment.ts';
import { type ExcludeReport, listExcluded, setExcluded } from './sync/exclude.ts';
import { listHistory, purgeHistory, showHistory } from './sync/read-history.ts';
import { releaseTarget } from './sync/release.ts';
import { restoreFirst } from './sync/restore-first.ts';
import { restoreLost } from './sync/restore-lost.ts';
import type { ChangeRequest } from './sync/run-change.ts';
import { surveyLocal } from './sync/status.ts';
import type { SyncContext } from './sync/sync-context.ts';
import { syncLocal } from './sync/sync-local.ts';
import type { SyncRequest } from './sync/sync-request.ts';
import { undoRecord } from './sync/undo.ts';

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
  return ok({
    sync: (request) => syncLocal(context, request),
    status: async () => {
      const survey = await surveyLocal(context);
      return survey.ok ? ok(survey.value.report) : survey;
    },
    doctor: () => examine(context),
    history: () => listHistory(context),
    historyRecord: (id) => showHistory(context, id),
    purgeHistory: (first) => purgeHistory(context, first),
    undo: (id, request) => undoRecord(context, id, request),
    restoreFirst: (request) => restoreFirst(context, request),
    restoreLost: (id, request) => restoreLost(context, id, request),
    release: (entries, request) => releaseTarget(context, entries, request),
    excluded: () => Promise.resolve(listExcluded(context)),
    exclude: (change, names) => setExcluded(context, change, names),
  });
}
