import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { OperationView } from '../../../shared/schema/plan.ts';
import type { UndoReport } from '../../../shared/schema/undo.ts';
import { describeOperations } from '../plan/describe.ts';
import { matchOwned } from '../plan/match-owned.ts';
import type { Fingerprint, OwnedEntry } from '../plan/owned-entry.ts';
import { readTargetText, type TargetContent } from '../targets/target-text.ts';
import type { SectionEdit, SectionEntry } from '../yaml/section.ts';
import { editContent } from './edit-content.ts';
import type { TargetContext } from './file-place.ts';
import type { History } from './history.ts';
import type { UndoableOperation } from './history-record.ts';
import { homeMark, understandLedger } from './ledger-file.ts';
import type { TargetState } from './target-state.ts';
import { type ChangeRequest, type PreparedChange, runChange } from './run-change.ts';
import type { SyncContext } from './sync-context.ts';
import { inverted } from './undo.ts';
import { lineOf } from './undo-entries.ts';
import { readRecords } from './read-records.ts';

/** What a past state of the file had that the present one lacks, and that was not ours. */
export interface LostParts {
  readonly edits: readonly SectionEdit[];
  readonly entries: readonly SectionEntry[];
  readonly fields: readonly { readonly entry: SectionEntry; readonly names: readonly string[] }[];
}

/**
 * Brings back what others wrote and somebody took out since: entries that were not ours, and fields (headers,
 * priority, …) that the user had added to an entry. CCS does that when it rewrites the whole section. Looks at
 * one record of the history, or from the newest on for one that has something to bring back.
 * Errors: `unknown-record`, `record-without-bytes`, `nothing-to-undo`, and those of reading and writing.
 */
export function restoreLost(
  context: SyncContext,
  id: number | null,
  request: ChangeRequest,
): Promise<Result<UndoReport, AppError>> {
  return runChange(context, request, (opened, state, history) =>
    prepareRestoration(opened, state, { history, id }),
  );
}

function prepareRestoration(
  { home, place }: TargetContext,
  state: TargetState,
  { history, id }: { readonly history: History; readonly id: number | null },
): Result<PreparedChange, AppError> {
  const { found } = state;
  const now = readTargetText(place.path, state.bytes, 'by-others');
  if (!now.ok) return now;
  const records = readRecords(history, found);
  if (id !== null && !records.some((record) => record.id === id))
    return err({ code: 'unknown-record', id: String(id) });
  /** Lines of the ledger since the record that is looked at: what became ours and went is no loss of the user's. */
  const lines = [...found.ledger.entries];
  for (const record of records) {
    const ownedThen = understandLedger(record.ledgerBefore, home.fingerprint).ledger.entries;
    lines.push(...ownedThen);
    if (id === null ? record.kind === 'interrupted' : record.id !== id) continue;
    const bytes = history.bytesBefore(record.id);
    if (bytes === null && id !== null) return err({ code: 'record-without-bytes', id: String(id) });
    const before = bytes === null ? null : readTargetText(place.path, bytes, 'by-others');
    if (before === null || !before.ok) continue;
    const ours = oursThen(before.value, { ownedThen, lines }, home.fingerprint);
    const lost = lostParts(before.value, now.value, ours);
    const { edits } = lost;
    if (edits.length === 0) continue;
    const operations = describeLost(lost, home.fingerprint);
    const edited = editContent(now.value, edits, { path: place.path, origin: found.ledger.origin });
    if (!edited.ok) return edited;
    const ledger = { ...found.ledger, home: homeMark(home.fingerprint), origin: edited.value.origin };
    return ok({
      report: { how: 'entries', undoes: record.id, operations, held: [], changedSince: [], outside: [] },
      change: {
        newText: edited.value.newText,
        ledger,
        proof: null,
        kind: 'restore',
        undoes: record.id,
        operations,
        undo: lost.entries.map((entry) => broughtBack(entry, home.fingerprint)),
        held: [],
      },
    });
  }
  return err({ code: 'nothing-to-undo' });
}

/**
 * The entries of a past state that were ours then, or became ours since: where CCS could have written them, later
 * ledgers have their credentials. Such a key may be revoked.
 */
function oursThen(
  { entries }: TargetContent,
  known: { readonly ownedThen: readonly OwnedEntry[]; readonly lines: readonly OwnedEntry[] },
  fingerprint: Fingerprint,
): ReadonlySet<SectionEntry> {
  const matches = matchOwned(known.ownedThen, entries, fingerprint);
  const ours = new Set([...matches.values()].map(({ entry }) => entry));
  const credentials = new Map<string, Set<string>>();
  for (const { keyFingerprint, baseUrlFingerprint, prefix } of known.lines) {
    const credential = `${keyFingerprint} ${baseUrlFingerprint}`;
    credentials.set(credential, (credentials.get(credential) ?? new Set()).add(prefix));
  }
  for (const entry of entries) {
    const prefixes = credentials.get(`${fingerprint(entry.apiKey)} ${fingerprint(entry.baseUrl)}`);
    const isPlain = entry.prefix === '' && entry.otherFields.every((name) => name === 'id');
    if (prefixes !== undefined && (isPlain || prefixes.has(entry.prefix))) ours.add(entry);
  }
  return ours;
}

/** What an undo of the restoration takes out again. */
function broughtBack(entry: SectionEntry, fingerprint: Fingerprint): UndoableOperation {
  const owned = lineOf(entry, '', fingerprint);
  return { op: 'add', profile: '', indexBefore: null, owned, ownedBefore: null, wantedFingerprint: null };
}

/** Compares a past state of the file with the present one; `ours` are the past one's entries that we owned. Pure. */
function lostParts(before: TargetContent, now: TargetContent, ours: ReadonlySet<SectionEntry>): LostParts {
  const edits: SectionEdit[] = [];
  const entries: SectionEntry[] = [];
  const fields: { entry: SectionEntry; names: readonly string[] }[] = [];
  const open = new Set(now.entries);
  for (const old of before.entries) {
    if (old.malformed || old.indirect) continue;
    const entry = counterpart(old, open);
    if (entry === null) {
      // Of two entries with one prefix, each would get half of the requests.
      const isTaken = old.prefix !== '' && now.entries.some(({ prefix }) => prefix === old.prefix);
      if (ours.has(old) || isTaken) continue;
      edits.push({ op: 'copy', source: before.document, sourceIndex: old.index });
      entries.push(old);
      continue;
    }
    open.delete(entry);
    const present = new Set(entry.otherFields);
    const names = old.otherFields.filter((field) => !present.has(field));
    if (names.length === 0 || entry.indirect) continue;
    edits.push({
      op: 'copy-fields',
      index: entry.index,
      source: before.document,
      sourceIndex: old.index,
      fields: names,
    });
    fields.push({ entry, names });
  }
  return { edits, entries, fields };
}

function describeLost(lost: LostParts, fingerprint: Fingerprint): readonly OperationView[] {
  const entries = describeOperations(
    lost.entries.map((entry) => ({ op: 'remove', profile: '', entry, cause: 'profile-gone' })),
    fingerprint,
  ).flatMap((operation) => inverted(operation).map((one) => ({ ...one, why: 'entry-lost' })));
  const fields = lost.fields.map(({ entry, names }): OperationView => {
    const diff = names.map(
      (name) => ({ field: 'other', before: null, after: { kind: 'text', text: name } }) as const,
    );
    return { op: 'restore', profile: '', prefix: entry.prefix, line: entry.line, why: 'fields-lost', diff };
  });
  return [...entries, ...fields];
}

/** The present entry that a past one has become: CCS drops prefixes, and keys are rotated. */
function counterpart(old: SectionEntry, candidates: ReadonlySet<SectionEntry>): SectionEntry | null {
  const same = (...fields: readonly ('apiKey' | 'prefix' | 'baseUrl')[]): SectionEntry | undefined =>
    [...candidates].find((entry) => fields.every((field) => entry[field] === old[field]));
  const byPrefix = old.prefix === '' ? undefined : same('prefix', 'baseUrl');
  return same('prefix', 'apiKey', 'baseUrl') ?? byPrefix ?? same('apiKey', 'baseUrl') ?? null;
}
