import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { OutsideChange, UndoReport } from '../../../shared/schema/undo.ts';
import { describeOperations } from '../plan/describe.ts';
import { holdOn } from '../plan/fingerprints.ts';
import { matchOwned, modelNames } from '../plan/match-owned.ts';
import { modelEdits } from '../plan/model-edits.ts';
import type { Operation } from '../plan/operation.ts';
import type { Fingerprint, OwnedEntry } from '../plan/owned-entry.ts';
import { readTargetText, type TargetContent } from '../targets/target-text.ts';
import type { SectionEntry } from '../yaml/section.ts';
import type { TargetContext } from './file-place.ts';
import type { History } from './history.ts';
import type { UndoableOperation } from './history-record.ts';
import { EMPTY_LEDGER, formatLedger, type Ledger } from './ledger.ts';
import { homeMark } from './ledger-file.ts';
import { outsideChanges } from './outside-changes.ts';
import { writtenFacts } from './prepare-sync.ts';
import { type ChangeRequest, type PreparedChange, runChange } from './run-change.ts';
import type { SyncContext } from './sync-context.ts';
import type { TargetState } from './target-state.ts';
import { lineOf } from './undo-entries.ts';
import { readContent } from './read-content.ts';
import { judge } from './wishes.ts';
import { readWorld } from './world.ts';

/**
 * Restores the file's bytes from before the very first sync, and holds every profile that is synced now. Where
 * others changed something in between, that would be lost, and a person is asked first; so too where the file
 * can't be understood.
 * Errors: `nothing-to-undo` where the bytes were never kept or were purged, and those of reading and writing.
 */
export function restoreFirst(
  context: SyncContext,
  request: ChangeRequest,
): Promise<Result<UndoReport, AppError>> {
  return runChange(context, request, prepareRestore);
}

async function prepareRestore(
  target: TargetContext,
  state: TargetState,
  history: History,
): Promise<Result<PreparedChange, AppError>> {
  const { home, place } = target;
  const bytes = history.bytesBefore('first');
  if (bytes === null) return err({ code: 'nothing-to-undo' });
  const first = readTargetText(place.path, bytes, 'by-others');
  if (!first.ok) return first;
  const world = await readWorld(target, state.found.ledger);
  if (!world.ok) return world;
  const { ledger: before } = state.found;
  const now = readContent(state, 'by-others');
  const facts = writtenFacts(now.ok ? now.value : first.value, home);
  const { wanted } = judge({ world: world.value, home, remote: target.remote }, facts, before);
  const holds = wanted.map((entry) => holdOn(entry, home.fingerprint));
  const ledger: Ledger = {
    ...EMPTY_LEDGER,
    home: homeMark(home.fingerprint),
    lastRecord: before.lastRecord,
    holds,
    released: before.released,
    recovering: false,
  };
  const ours = now.ok ? ownedEntries(before.entries, now.value, home.fingerprint) : new Map<never, never>();
  const operations = describeOperations(
    [...ours].flatMap(([entry, line]) => restoration(entry, line, first.value)),
    home.fingerprint,
  ).map((operation) => ({ ...operation, why: 'undo' }));
  const held = holds.map(({ profile }) => profile);
  const isAsBefore = Buffer.compare(state.bytes, bytes) === 0;
  const isKnown = formatLedger({ ...ledger, written: before.written }) === formatLedger(before);
  return ok({
    report: {
      how: 'whole',
      undoes: 0,
      operations,
      held,
      changedSince: [],
      outside: now.ok ? outsideChanges(now.value, first.value, ours) : UNKNOWN,
    },
    change:
      isAsBefore && isKnown
        ? null
        : {
            newText: isAsBefore ? null : bytes,
            ledger,
            proof: null,
            kind: 'undo',
            undoes: 0,
            operations,
            undo: undoable(ours, first.value, home.fingerprint),
            held,
          },
  });
}

const UNKNOWN: readonly OutsideChange[] = [{ key: '*', change: 'changed' }];

function ownedEntries(
  owned: readonly OwnedEntry[],
  { entries }: TargetContent,
  fingerprint: Fingerprint,
): ReadonlyMap<SectionEntry, OwnedEntry> {
  return new Map([...matchOwned(owned, entries, fingerprint)].map(([line, { entry }]) => [entry, line]));
}

/** The entry that the first bytes have in place of ours. */
function standingIn({ entries }: TargetContent, ours: SectionEntry): SectionEntry | undefined {
  return entries.find(({ apiKey, baseUrl }) => apiKey === ours.apiKey && baseUrl === ours.baseUrl);
}

/** What the first bytes do to an entry of ours: what they have too only gets back its prefix and models. */
function restoration(
  entry: SectionEntry,
  { profile }: OwnedEntry,
  first: TargetContent,
): readonly Operation[] {
  const stays = standingIn(first, entry);
  if (stays === undefined) return [{ op: 'remove', profile, entry, cause: 'released' }];
  const set = stays.prefix === entry.prefix ? {} : { prefix: stays.prefix };
  const models = modelEdits(entry.models, modelNames(entry), modelNames(stays));
  if (set.prefix === undefined && models.length === 0) return [];
  return [{ op: 'update', profile, cause: 'drift', entry, set, models }];
}

/** An entry of ours goes, or becomes again what CCS had written for the profile. */
function undoable(
  ours: ReadonlyMap<SectionEntry, OwnedEntry>,
  first: TargetContent,
  fingerprint: Fingerprint,
): readonly UndoableOperation[] {
  return [...ours].map(([entry, line]) => {
    const { profile } = line;
    const stays = standingIn(first, entry);
    const base = { profile, indexBefore: entry.index, ownedBefore: line, wantedFingerprint: null };
    return stays === undefined
      ? { ...base, op: 'remove', owned: null }
      : { ...base, op: 'update', owned: lineOf(stays, profile, fingerprint) };
  });
}
