import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { UndoReport } from '../../../shared/schema/undo.ts';
import type { WriteError } from '../files/in-place-write.ts';
import type { TargetContext } from './file-place.ts';
import { type History, openHistory } from './history.ts';
import { updateHome } from './home.ts';
import { explainMissing } from './missing-target.ts';
import type { TargetState } from './target-state.ts';
import { type TargetChange, withTargetSession } from './target-session.ts';
import { viewTarget } from './view-target.ts';

/** A change of the target that is no sync: an undo, a release, a restoration. */
export interface PreparedChange {
  readonly report: Pick<UndoReport, 'how' | 'undoes' | 'operations' | 'held' | 'changedSince' | 'outside'>;
  /** Null where there is nothing to change. */
  readonly change: TargetChange | null;
}

export interface ChangeRequest {
  /** Says what would be done, and writes nothing. */
  readonly dryRun: boolean;
  /** A person agreed to lose what others changed since. */
  readonly accepted: boolean;
}

export type PrepareChange = (
  target: TargetContext,
  state: TargetState,
  history: History,
) => Promise<Result<PreparedChange, AppError>>;

/** Prepares a change of the local file and carries it out, or says what it would be. */
export async function runChange(
  target: TargetContext,
  request: ChangeRequest,
  prepare: PrepareChange,
): Promise<Result<UndoReport, AppError>> {
  const name = { id: 'local', path: target.place.path };
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
  const changed = await withTargetSession(
    opened,
    async (session): Promise<Result<UndoReport, WriteError>> => {
      const prepared = await prepare(opened, session.state, session.history);
      if (!prepared.ok) return prepared;
      const { change, report } = prepared.value;
      const done = { ...report, target: name, record: null, proxy: null };
      if (change === null) return ok({ ...done, outcome: 'nothing' });
      if (report.outside.length > 0 && !request.accepted) return ok({ ...done, outcome: 'needs-consent' });
      const committed = await session.commit(change);
      if (!committed.ok) return committed;
      return ok({ ...done, outcome: 'done', record: committed.value.record });
    },
  );
  return changed.ok ? changed : err(explainMissing(changed.error, opened));
}
