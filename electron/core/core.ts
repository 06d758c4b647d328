import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import type { UndoReport } from '../../shared/schema/undo.ts';
import { stateFolderPath } from './files/state-folder.ts';
import { resolveCcsDirectory } from './profiles/ccs-directory.ts';
import type { Clock } from './support/clock.ts';
import type { Environment } from './support/environment.ts';
import { type ExcludeReport, setExcluded } from './sync/exclude.ts';
import { releaseTarget } from './sync/release.ts';
import { restoreFirst } from './sync/restore-first.ts';
import { restoreLost } from './sync/restore-lost.ts';
import type { ChangeRequest } from './sync/run-change.ts';
import type { SyncContext } from './sync/sync-context.ts';
import { syncLocal } from './sync/sync-local.ts';
import type { SyncRequest } from './sync/sync-request.ts';
import { undoRecord } from './sync/undo.ts';

/** What the host gives the engine: nothing is taken from the process itself. */
export interface CoreDeps {
  readonly env: Environment;
  readonly homedir: string | null;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
}

/** The engine, for one CCS directory. */
export interface Core {
  readonly ccsDirectory: string;
  sync(request: SyncRequest): Promise<Result<SyncReport, AppError>>;
  undo(id: number | null, request: ChangeRequest): Promise<Result<UndoReport, AppError>>;
  restoreFirst(request: ChangeRequest): Promise<Result<UndoReport, AppError>>;
  restoreLost(id: number | null, request: ChangeRequest): Promise<Result<UndoReport, AppError>>;
  release(entries: 'keep' | 'remove', request: ChangeRequest): Promise<Result<UndoReport, AppError>>;
  exclude(change: 'add' | 'remove', names: readonly string[]): Promise<Result<ExcludeReport, AppError>>;
}

/** The only place where the engine is put together. Error: `no-home`. */
export function createCore(deps: CoreDeps): Result<Core, AppError> {
  const ccsDirectory = resolveCcsDirectory(deps.env, deps.homedir);
  if (!ccsDirectory.ok) return ccsDirectory;
  const stateFolder = stateFolderPath(deps.env, deps.platform, deps.homedir ?? '');
  if (!stateFolder.ok) return stateFolder;
  const context: SyncContext = { ...deps, ccsDirectory: ccsDirectory.value, stateFolder: stateFolder.value };
  return ok({
    ccsDirectory: context.ccsDirectory,
    sync: (request) => syncLocal(context, request),
    undo: (id, request) => undoRecord(context, id, request),
    restoreFirst: (request) => restoreFirst(context, request),
    restoreLost: (id, request) => restoreLost(context, id, request),
    release: (entries, request) => releaseTarget(context, entries, request),
    exclude: (change, names) => setExcluded(context, change, names),
  });
}
