import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { OperationView } from '../../../shared/schema/plan.ts';
import type { UndoReport } from '../../../shared/schema/undo.ts';
import type { Hold } from '../plan/owned-entry.ts';
import { readTargetText } from '../targets/target-text.ts';
import { editContent } from './edit-content.ts';
import type { TargetContext } from './file-place.ts';
import type { History } from './history.ts';
import type { HistoryRecord } from './history-record.ts';
import type { Ledger } from './ledger.ts';
import { homeMark, understandLedger } from './ledger-file.ts';
import type { TargetState } from './target-state.ts';
import { type ChangeRequest, type PreparedChange, runChange } from './run-change.ts';
import type { SyncContext } from './sync-context.ts';
import { undoEntries } from './undo-entries.ts';
import { locateTarget } from './world.ts';

/**
 * Takes back one record of the history, the latest that still can be by default. Where the file is as that sync
 * left it, it becomes byte for byte what it was; otherwise only the entries concerned are taken back. What was
 * undone is held: plain syncs leave it, until the profile changes or is synced by name (architecture, decision 9).
 * Errors: `nothing-to-undo`, `unknown-record`, `record-without-bytes`, and those of reading and writing.
 */
export async function undoRecord(
  context: SyncContext,
  id: number | null,
  request: ChangeRequest,
): Promise<Result<UndoReport, AppError>> {
  const target = await locateTarget(context);
  if (!target.ok) return target;
  return runChange(target.value, request, (opened, state, history) =>
    Promise.resolve(prepareUndo(opened, state, { history, id })),
  );
}

function prepareUndo(
  target: TargetContext,
  state: TargetState,
  from: { readonly history: History; readonly id: number | null },
): Result<PreparedChange, AppError> {
  const record = chooseRecord(state, from.history, from.id);
  if (!record.ok) return record;
  const bytes = from.history.bytesBefore(record.value.id);
  if (bytes === null) return err({ code: 'record-without-bytes', id: String(record.value.id) });
  return state.hash === record.value.hashAfter
    ? ok(wholeUndo(target, state, { record: record.value, bytes }))
    : entriesUndo(target, state, { record: record.value, bytes });
}

function chooseRecord(state: TargetState, history: History, id: number | null): Result<HistoryRecord, AppError> {
  const { found } = state;
  const records = history.list(found.state === 'known' ? found.ledger.lastRecord : null);
  if (id !== null) {
    const record = records.find((one) => one.id === id);
    return record === undefined ? err({ code: 'unknown-record', id: String(id) }) : ok(record);
  }
  const undone = new Set(records.map(({ undoes }) => undoes));
  const latest = records.find(({ id: one, kind }) => kind !== 'undo' && kind !== 'interrupted' && !undone.has(one));
  return latest === undefined ? err({ code: 'nothing-to-undo' }) : ok(latest);
}

interface Undoable {
  readonly record: HistoryRecord;
  readonly bytes: Uint8Array;
}

function wholeUndo({ home }: TargetContext, state: TargetState, { record, bytes }: Undoable): PreparedChange {
  const before = understandLedger(record.ledgerBefore, home.fingerprint).ledger;
  const removed = new Set(record.undo.filter(({ op }) => op === 'remove').map(({ profile }) => profile));
  const holds = holdsOf(record, null);
  const ledger: Ledger = {
    ...state.found.ledger,
    home: homeMark(home.fingerprint),
    // What comes back although no profile asks for it is the user's from now on.
    entries: before.entries.filter(({ profile }) => !removed.has(profile)),
    holds: withHolds(before.holds, holds),
    origin: before.origin,
    released: before.released,
  };
  const operations = record.operations.map(inverted);
  return {
    report: {
      how: 'whole',
      undoes: record.id,
      operations,
      held: holds.map(({ profile }) => profile),
      changedSince: [],
      outside: [],
    },
    change: { newText: bytes, ledger, proof: null, kind: 'undo', undoes: record.id, operations, undo: [] },
  };
}

function entriesUndo(
  { home, place }: TargetContext,
  state: TargetState,
  { record, bytes }: Undoable,
): Result<PreparedChange, AppError> {
  const now = readTargetText(place.path, state.bytes, 'by-others');
  if (!now.ok) return now;
  const before = readTargetText(place.path, bytes, 'by-others');
  if (!before.ok) return before;
  const contents = { now: now.value, before: before.value };
  const { edits, profiles, changedSince } = undoEntries(record, contents, home.fingerprint);
  const { ledger } = state.found;
  const edited = editContent(now.value, edits, { path: place.path, origin: ledger.origin });
  if (!edited.ok) return edited;
  const undone = new Set(profiles);
  const holds = holdsOf(record, undone);
  const linesBefore = understandLedger(record.ledgerBefore, home.fingerprint).ledger.entries;
  const comesBack = linesBefore.filter(
    ({ profile }) => undone.has(profile) && record.undo.some((one) => one.profile === profile && one.op === 'update'),
  );
  const operations = record.operations.filter(({ profile }) => undone.has(profile)).map(inverted);
  const entries = [...ledger.entries.filter(({ profile }) => !undone.has(profile)), ...comesBack];
  const report = { how: 'entries', undoes: record.id, operations, changedSince: [...changedSince], outside: [] } as const;
  const held = holds.map(({ profile }) => profile);
  if (edits.length === 0) return ok({ report: { ...report, outside: [], held: [] }, change: null });
  return ok({
    report: { ...report, outside: [], held },
    change: {
      newText: edited.value.newText,
      ledger: {
        ...ledger,
        entries,
        holds: withHolds(ledger.holds, holds),
        origin: entries.length === 0 ? null : edited.value.origin,
      },
      proof: null,
      kind: 'undo',
      undoes: record.id,
      operations,
      undo: [],
    },
  });
}

/** Holds on what the profiles asked for when the record was made; `only` limits them to some profiles. */
function holdsOf(record: HistoryRecord, only: ReadonlySet<string> | null): readonly Hold[] {
  return record.undo.flatMap(({ profile, wantedFingerprint }) =>
    wantedFingerprint === null || only?.has(profile) === false ? [] : [{ profile, wantedFingerprint }],
  );
}

export function withHolds(holds: readonly Hold[], more: readonly Hold[]): readonly Hold[] {
  const renewed = new Set(more.map(({ profile }) => profile));
  return [...holds.filter(({ profile }) => !renewed.has(profile)), ...more];
}

/** An operation read backwards. */
export function inverted(operation: OperationView): OperationView {
  const op = operation.op === 'add' ? 'remove' : operation.op === 'remove' ? 'restore' : operation.op;
  const diff = operation.diff.map(({ field, before, after }) => ({ field, before: after, after: before }));
  return { ...operation, op, why: 'undo', line: null, diff };
}
