import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { OperationView } from '../../../shared/schema/plan.ts';
import type { UndoReport } from '../../../shared/schema/undo.ts';
import { readTargetText } from '../targets/target-text.ts';
import { editContent } from './edit-content.ts';
import type { TargetContext } from './file-place.ts';
import type { History } from './history.ts';
import type { HistoryRecord } from './history-record.ts';
import { understandLedger } from './ledger-file.ts';
import { type ChangeRequest, type PreparedChange, runChange } from './run-change.ts';
import type { SyncContext } from './sync-context.ts';
import type { TargetState } from './target-state.ts';
import { undoEntries } from './undo-entries.ts';
import { holdsOf, ledgerAfterUndo } from './undo-ledger.ts';
import { readRecords } from './read-records.ts';

/**
 * Takes back one record of the history, the latest that was not taken back yet by default. Where the file is as
 * that change left it, it becomes byte for byte what it was; otherwise only the entries concerned are taken back.
 * What was undone is held: plain syncs leave it, until the profile changes or is synced by name. An undo is a record like others, and can be undone by its number.
 * Errors: `nothing-to-undo`, `unknown-record`, `record-without-bytes`, and those of reading and writing.
 */
export function undoRecord(
  context: SyncContext,
  id: number | null,
  request: ChangeRequest,
): Promise<Result<UndoReport, AppError>> {
  return runChange(context, request, (opened, state, history) => prepareUndo(opened, state, { history, id }));
}

function prepareUndo(
  target: TargetContext,
  state: TargetState,
  from: { readonly history: History; readonly id: number | null },
): Result<PreparedChange, AppError> {
  const record = chooseRecord(readRecords(from.history, state.found), from.id);
  if (!record.ok) return record;
  const bytes = from.history.bytesBefore(record.value.id);
  if (bytes === null) return err({ code: 'record-without-bytes', id: String(record.value.id) });
  return state.hash === record.value.hashAfter
    ? ok(wholeUndo(target, state, { record: record.value, bytes }))
    : entriesUndo(target, state, { record: record.value, bytes });
}

function chooseRecord(records: readonly HistoryRecord[], id: number | null): Result<HistoryRecord, AppError> {
  if (id !== null) {
    const record = records.find((one) => one.id === id);
    if (record === undefined) return err({ code: 'unknown-record', id: String(id) });
    // Nothing of it ever was in the file.
    return record.kind === 'interrupted' ? err({ code: 'nothing-to-undo' }) : ok(record);
  }
  const undone = new Set<number>();
  for (const record of records) {
    if (undone.has(record.id) || record.kind === 'interrupted') continue;
    if (record.kind !== 'undo') return ok(record);
    // 0 is all that was before.
    if (record.undoes === 0) break;
    if (record.undoes !== null) undone.add(record.undoes);
  }
  return err({ code: 'nothing-to-undo' });
}

interface Undoable {
  readonly record: HistoryRecord;
  readonly bytes: Uint8Array;
}

function wholeUndo(
  { home, place }: TargetContext,
  state: TargetState,
  { record, bytes }: Undoable,
): PreparedChange {
  const now = readTargetText(place.path, state.bytes, 'by-others');
  const before = readTargetText(place.path, bytes, 'by-others');
  const { ledger } = state.found;
  const inverse =
    now.ok && before.ok
      ? undoEntries(
          record.undo,
          { now: now.value, before: before.value, owned: ledger.entries },
          home.fingerprint,
        ).inverse
      : [];
  const { origin } = understandLedger(record.ledgerBefore, home.fingerprint).ledger;
  const undone = { record, operations: record.undo, released: record.held, origin };
  const held = holdsOf(record.undo).map(({ profile }) => profile);
  const operations = record.operations.flatMap(inverted);
  return {
    report: { how: 'whole', undoes: record.id, operations, held, changedSince: [], outside: [] },
    change: {
      newText: bytes,
      ledger: ledgerAfterUndo(ledger, undone, home.fingerprint),
      proof: null,
      kind: 'undo',
      undoes: record.id,
      operations,
      undo: inverse,
      held,
    },
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
  const { ledger } = state.found;
  const sides = { now: now.value, before: before.value, owned: ledger.entries };
  const { edits, undone, inverse, changedSince } = undoEntries(record.undo, sides, home.fingerprint);
  const edited = editContent(now.value, edits, { path: place.path, origin: ledger.origin });
  if (!edited.ok) return edited;
  const profiles = new Set(undone.map(({ profile }) => profile));
  const operations = record.operations.filter(({ profile }) => profiles.has(profile)).flatMap(inverted);
  const held = holdsOf(undone).map(({ profile }) => profile);
  const report = { how: 'entries', undoes: record.id, operations, changedSince, outside: [] } as const;
  if (edits.length === 0) return ok({ report: { ...report, held: [] }, change: null });
  const released = record.held.filter((profile) => !changedSince.includes(profile));
  const after = { record, operations: undone, released, origin: edited.value.origin };
  return ok({
    report: { ...report, held },
    change: {
      newText: edited.value.newText,
      ledger: ledgerAfterUndo(ledger, after, home.fingerprint),
      proof: null,
      kind: 'undo',
      undoes: record.id,
      operations,
      undo: inverse,
      held,
    },
  });
}

/** An operation read backwards; none where it changed nothing. */
export function inverted(operation: OperationView): OperationView[] {
  const op = invertedOp(operation);
  if (op === null) return [];
  const diff = operation.diff.map(({ field, before, after }) => ({ field, before: after, after: before }));
  return [{ ...operation, op, why: 'undo', line: null, diff }];
}

function invertedOp({ op, why }: OperationView): OperationView['op'] | null {
  switch (op) {
    case 'add':
      return 'remove';
    case 'remove':
      return 'restore';
    case 'restore':
      return why === 'fields-lost' ? 'update' : 'remove';
    case 'update':
    case 'adopt':
      return 'update';
    case 'leave':
    case 'review':
      return null;
  }
}
