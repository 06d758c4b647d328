import { matchOwned, modelNames } from '../plan/match-owned.ts';
import { modelEdits } from '../plan/model-edits.ts';
import type { FieldChanges } from '../plan/operation.ts';
import type { Fingerprint, OwnedEntry } from '../plan/owned-entry.ts';
import type { TargetContent } from '../targets/target-text.ts';
import type { SectionEdit, SectionEntry } from '../yaml/section.ts';
import type { UndoableOperation } from './history-record.ts';

/** How the operations of one record are taken back in a file that was changed since. */
export interface EntriesUndo {
  readonly edits: readonly SectionEdit[];
  /** The operations that are taken back. */
  readonly undone: readonly UndoableOperation[];
  /** What takes this undo back again. */
  readonly inverse: readonly UndoableOperation[];
  /** Profiles whose entries are no longer as the record left them: nothing is done to these. */
  readonly changedSince: readonly string[];
}

/** The file now, with our ledger of it, and as it was before the record. */
export interface UndoSides {
  readonly now: TargetContent;
  readonly owned: readonly OwnedEntry[];
  readonly before: TargetContent;
}

/** Takes back each operation of a record whose entry is still as that sync left it; pure. */
export function undoEntries(
  operations: readonly UndoableOperation[],
  sides: UndoSides,
  fingerprint: Fingerprint,
): EntriesUndo {
  const edits: SectionEdit[] = [];
  const undone: UndoableOperation[] = [];
  const inverse: UndoableOperation[] = [];
  const changedSince: string[] = [];
  for (const operation of operations) {
    const reversal = reverse(operation, sides, fingerprint);
    if (reversal === null) {
      changedSince.push(operation.profile);
      continue;
    }
    edits.push(reversal.edit);
    undone.push(operation);
    inverse.push(reversal.inverse);
  }
  return { edits, undone, inverse, changedSince };
}

interface Reversal {
  readonly edit: SectionEdit;
  readonly inverse: UndoableOperation;
}

function reverse(operation: UndoableOperation, sides: UndoSides, fingerprint: Fingerprint): Reversal | null {
  const { profile, indexBefore, owned, ownedBefore } = operation;
  const { now, before } = sides;
  const old = indexBefore === null ? undefined : before.entries[indexBefore];
  const ourName = owned?.profile ?? profile;
  const nothing = {
    profile,
    indexBefore: null,
    owned: null,
    ownedBefore: sides.owned.find((line) => line.profile === ourName) ?? null,
    wantedFingerprint: null,
  };
  const restored = old === undefined ? null : lineOf(old, ownedBefore?.profile ?? profile, fingerprint);
  if (operation.op === 'remove') {
    if (old === undefined || now.entries.some((entry) => standsFor(entry, old))) return null;
    const edit = { op: 'copy', source: before.document, sourceIndex: old.index } as const;
    return { edit, inverse: { ...nothing, op: 'add', owned: restored } };
  }
  const entry = owned === null ? null : stillThere(owned, now.entries, fingerprint);
  if (entry === null) return null;
  const { index } = entry;
  if (operation.op === 'add') {
    return { edit: { op: 'remove', index }, inverse: { ...nothing, op: 'remove', indexBefore: index } };
  }
  if (old === undefined) return null;
  const set: FieldChanges = {
    ...(old.apiKey === entry.apiKey ? {} : { apiKey: old.apiKey }),
    ...(old.prefix === entry.prefix ? {} : { prefix: old.prefix }),
    ...(old.baseUrl === entry.baseUrl ? {} : { baseUrl: old.baseUrl }),
  };
  const models = modelEdits(entry.models, owned?.models ?? [], modelsBefore(old, entry, ownedBefore));
  return {
    edit: { op: 'update', index, set, models },
    inverse: { ...nothing, op: 'update', indexBefore: index, owned: restored },
  };
}

/** Names that were the user's own, and that the user has taken out since, do not come back. */
function modelsBefore(old: SectionEntry, entry: SectionEntry, line: OwnedEntry | null): readonly string[] {
  const names = modelNames(old);
  if (line === null) return names;
  const present = new Set([...line.models, ...modelNames(entry)]);
  return names.filter((name) => present.has(name));
}

/** Whether an entry is there already, or another one that would share its requests. */
function standsFor(entry: SectionEntry, old: SectionEntry): boolean {
  if (entry.prefix !== old.prefix) return false;
  return old.prefix !== '' || (entry.apiKey === old.apiKey && entry.baseUrl === old.baseUrl);
}

/** The ledger's line that an entry would have. */
export function lineOf(entry: SectionEntry, profile: string, fingerprint: Fingerprint): OwnedEntry {
  return {
    profile,
    prefix: entry.prefix,
    keyFingerprint: fingerprint(entry.apiKey),
    baseUrlFingerprint: fingerprint(entry.baseUrl),
    models: modelNames(entry),
  };
}

/** The entry that is still as the ledger's line says. */
function stillThere(
  owned: OwnedEntry,
  entries: readonly SectionEntry[],
  fingerprint: Fingerprint,
): SectionEntry | null {
  const match = matchOwned([owned], entries, fingerprint).get(owned);
  if (match?.kind !== 'prefix-and-key') return null;
  const names = new Set(modelNames(match.entry));
  const same =
    fingerprint(match.entry.baseUrl) === owned.baseUrlFingerprint &&
    owned.models.every((name) => names.has(name));
  return same ? match.entry : null;
}
