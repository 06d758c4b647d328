import { matchOwned, modelNames } from '../plan/match-owned.ts';
import { modelEdits } from '../plan/model-edits.ts';
import type { FieldChanges } from '../plan/operation.ts';
import type { Fingerprint, OwnedEntry } from '../plan/owned-entry.ts';
import type { TargetContent } from '../targets/target-text.ts';
import type { SectionEdit, SectionEntry } from '../yaml/section.ts';
import type { HistoryRecord, UndoableOperation } from './history-record.ts';

/** How the entries of one record are taken back in a file that was changed since. */
export interface EntriesUndo {
  readonly edits: readonly SectionEdit[];
  /** Profiles whose entries are taken back. */
  readonly profiles: readonly string[];
  /** Profiles whose entries are no longer as the record left them: nothing is done to these. */
  readonly changedSince: readonly string[];
}

/** Takes back each operation of a record whose entry is still as that sync left it; pure. */
export function undoEntries(
  record: HistoryRecord,
  contents: { readonly now: TargetContent; readonly before: TargetContent },
  fingerprint: Fingerprint,
): EntriesUndo {
  const edits: SectionEdit[] = [];
  const profiles: string[] = [];
  const changedSince: string[] = [];
  for (const operation of record.undo) {
    const edit = reverse(operation, contents, fingerprint);
    if (edit === null) changedSince.push(operation.profile);
    else {
      edits.push(edit);
      profiles.push(operation.profile);
    }
  }
  return { edits, profiles, changedSince };
}

function reverse(
  operation: UndoableOperation,
  { now, before }: { readonly now: TargetContent; readonly before: TargetContent },
  fingerprint: Fingerprint,
): SectionEdit | null {
  const old = operation.indexBefore === null ? undefined : before.entries[operation.indexBefore];
  if (operation.op === 'remove') {
    if (old === undefined || now.entries.some(({ prefix }) => prefix === old.prefix)) return null;
    return { op: 'copy', source: before.document, sourceIndex: old.index };
  }
  const entry = operation.owned === null ? null : stillThere(operation.owned, now.entries, fingerprint);
  if (entry === null) return null;
  if (operation.op === 'add') return { op: 'remove', index: entry.index };
  if (old === undefined) return null;
  const set: FieldChanges = {
    ...(old.apiKey === entry.apiKey ? {} : { apiKey: old.apiKey }),
    ...(old.prefix === entry.prefix ? {} : { prefix: old.prefix }),
    ...(old.baseUrl === entry.baseUrl ? {} : { baseUrl: old.baseUrl }),
  };
  const models = modelEdits(entry.models, operation.owned?.models ?? [], modelNames(old));
  return { op: 'update', index: entry.index, set, models };
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
    fingerprint(match.entry.baseUrl) === owned.baseUrlFingerprint && owned.models.every((name) => names.has(name));
  return same ? match.entry : null;
}
