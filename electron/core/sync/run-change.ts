import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import type { UndoReport } from '../../../shared/schema/undo.ts';
import type { WriteError } from '../files/in-place-write.ts';
import type { TargetContext } from './file-place.ts';
import { readTargetText } from '../targets/target-text.ts';
import { type History, openHistory } from './history.ts';
import { updateHome } from './home.ts';
import { explainMissing } from './missing-target.ts';
import { observeFile } from './observe-local.ts';
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
  let written: { readonly before: Uint8Array; readonly change: TargetChange } | null = null;
  const changed = await withTargetSession(
    opened,
    async (session): Promise<Result<UndoReport, WriteError>> => {
      const prepared = await prepare(opened, session.state, session.history);
      if (!prepared.ok) return prepared;
      const { change, report } = prepared.value;
      written = null;
      const done = { ...report, target: name, record: null, proxy: null };
      if (change === null) return ok({ ...done, outcome: 'nothing' });
      if (report.outside.length > 0 && !request.accepted) return ok({ ...done, outcome: 'needs-consent' });
      const committed = await session.commit(change);
      if (!committed.ok) return committed;
      if (change.newText !== null) written = { before: session.state.bytes, change };
      return ok({ ...done, outcome: 'done', record: committed.value.record });
    },
  );
  if (!changed.ok) return err(explainMissing(changed.error, opened));
  return ok({ ...changed.value, proxy: written === null ? null : await observeChange(opened, written) });
}

/** Looks at the proxy after a change, as after a sync. */
async function observeChange(
  target: TargetContext,
  { before, change }: { readonly before: Uint8Array; readonly change: TargetChange },
): Promise<ProxyObservation | null> {
  const { newText, ledger } = change;
  const old = readTargetText(target.place.path, before, 'by-others');
  if (newText === null) return null;
  return observeFile(target, {
    bytes: typeof newText === 'string' ? Buffer.from(newText) : newText,
    before: old.ok ? old.value.entries : [],
    owned: ledger.entries.map(({ prefix }) => prefix),
    ccsSecret: target.ccsConfig.state === 'read' ? target.ccsConfig.config.managementSecret : null,
  });
}
