import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import type { UndoReport } from '../../../shared/schema/undo.ts';
import type { WriteError } from '../files/in-place-write.ts';
import { nameOf, type TargetContext } from './file-place.ts';
import { readTargetText } from '../targets/target-text.ts';
import { type History, openHistory } from './history.ts';
import { updateHome } from './home.ts';
import { explainMissing } from './missing-target.ts';
import { observeFile } from './observe-file.ts';
import { observeRemote } from './observe-remote.ts';
import type { TargetState } from './target-state.ts';
import type { TargetChange } from './target-change.ts';
import { withTargetSession } from './target-session.ts';
import type { SyncContext } from './sync-context.ts';
import { viewTarget } from './view-target.ts';
import { locateTarget } from './world.ts';

/** A change of the target that is no sync: an undo, a release, a restoration. */
export interface PreparedChange {
  readonly report: Pick<UndoReport, 'how' | 'undoes' | 'operations' | 'held' | 'changedSince' | 'outside'>;
  /** Null where there is nothing to change. */
  readonly change: TargetChange | null;
}

export interface ChangeRequest {
  /** Its id; absent: the local file. */
  readonly target?: string | undefined;
  /** Says what would be done, and writes nothing. */
  readonly dryRun: boolean;
  /** A person agreed to lose what others changed since. */
  readonly accepted: boolean;
}

export type PrepareChange = (
  target: TargetContext,
  state: TargetState,
  history: History,
) => Result<PreparedChange, AppError> | Promise<Result<PreparedChange, AppError>>;

/** Finds the target, prepares a change of it, and carries that out or says what it would be. */
export async function runChange(
  context: SyncContext,
  request: ChangeRequest,
  prepare: PrepareChange,
): Promise<Result<UndoReport, AppError>> {
  const located = await locateTarget(context, request.target);
  if (!located.ok) return located;
  const target = located.value;
  const name = nameOf(target);
  if (request.dryRun) {
    const state = await viewTarget(target);
    if (!state.ok) return err(explainMissing(state.error, target));
    const prepared = await prepare(target, state.value, openHistory(target.place.history));
    if (!prepared.ok) return prepared;
    const outcome = prepared.value.change === null ? 'nothing' : 'planned';
    return ok({ ...prepared.value.report, outcome, target: name, record: null, proxy: null });
  }
  const home = await updateHome(target.home, () => ({}), target.context.clock);
  if (!home.ok) return home;
  const opened = { ...target, home: home.value };
  const changed = await withTargetSession(opened, async (session): Promise<Result<Changed, WriteError>> => {
    const prepared = await prepare(opened, session.state, session.history);
    if (!prepared.ok) return prepared;
    const { change, report } = prepared.value;
    const done = { ...report, target: name, record: null, proxy: null };
    const asIs = (outcome: UndoReport['outcome']) => ok({ report: { ...done, outcome }, written: null });
    if (change === null) return asIs('nothing');
    if (report.outside.length > 0 && !request.accepted) return asIs('needs-consent');
    const committed = await session.commit(change);
    if (!committed.ok) return committed;
    return ok({
      report: { ...done, outcome: 'done', record: committed.value.record },
      written: { before: session.state.bytes, change },
    });
  });
  if (!changed.ok) return err(explainMissing(changed.error, opened));
  const { report, written } = changed.value;
  return ok({ ...report, proxy: written === null ? null : await observeChange(opened, written) });
}

/** What was done, and what the file was before; null where nothing was written. */
interface Changed {
  readonly report: UndoReport;
  readonly written: { readonly before: Uint8Array; readonly change: TargetChange } | null;
}

/** Looks at the proxy after a change, as after a sync. */
async function observeChange(
  target: TargetContext,
  { before, change }: NonNullable<Changed['written']>,
): Promise<ProxyObservation | null> {
  const { newText, ledger } = change;
  if (newText === null) return null;
  if (target.remote !== null) return observeRemote(target.remote, target, ledger.entries);
  const old = readTargetText(target.place.path, before, 'by-others');
  return observeFile(target, {
    bytes: typeof newText === 'string' ? Buffer.from(newText) : newText,
    before: old.ok ? old.value.entries : [],
    owned: ledger.entries.map(({ prefix }) => prefix),
    ccsSecret: target.ccsConfig.state === 'read' ? target.ccsConfig.config.managementSecret : null,
  });
}
