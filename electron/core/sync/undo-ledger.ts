import type { Fingerprint, Hold, OwnedEntry } from '../plan/owned-entry.ts';
import type { SectionOrigin } from '../yaml/section.ts';
import type { HistoryRecord, UndoableOperation } from './history-record.ts';
import type { Ledger } from './ledger.ts';
import { homeMark, understandLedger } from './ledger-file.ts';

/** What of a record is taken back. */
export interface Undone {
  readonly record: HistoryRecord;
  readonly operations: readonly UndoableOperation[];
  /** Profiles that the record put a hold on, and whose hold ends with it. */
  readonly released: readonly string[];
  /** How the section stood before our first entry, if any of ours is left. */
  readonly origin: SectionOrigin | null;
}

/**
 * The ledger once operations of a record are undone: for their profiles it says again what it said before the
 * record, for all others it stays. What a profile asked for is held; the hold of an undo that is itself undone
 * ends.
 */
export function ledgerAfterUndo(now: Ledger, undone: Undone, fingerprint: Fingerprint): Ledger {
  const { record, operations, released } = undone;
  const before = understandLedger(record.ledgerBefore, fingerprint).ledger;
  const entries = entriesAfter(now.entries, undone);
  const holds = holdsOf(operations);
  const renewed = new Set([...released, ...operations.map(({ profile }) => profile)]);
  const others = [
    ...now.holds.filter(({ profile }) => !renewed.has(profile)),
    ...before.holds.filter(({ profile }) => renewed.has(profile)),
  ];
  const held = new Set(holds.map(({ profile }) => profile));
  return {
    ...now,
    home: homeMark(fingerprint),
    entries,
    holds: [...others.filter(({ profile }) => !held.has(profile)), ...holds],
    origin: entries.length === 0 ? null : (undone.origin ?? { kind: 'entries' }),
    // A target that was released since stays so.
    released: record.kind === 'release' ? before.released : now.released || before.released,
  };
}

/** Holds on what the profiles asked for when the record was made. */
export function holdsOf(operations: readonly UndoableOperation[]): readonly Hold[] {
  return operations.flatMap(({ profile, wantedFingerprint }) =>
    wantedFingerprint === null ? [] : [{ profile, wantedFingerprint }],
  );
}

function entriesAfter(now: readonly OwnedEntry[], { record, operations }: Undone): readonly OwnedEntry[] {
  const back = operations.flatMap(({ op, ownedBefore }) =>
    // What comes back although no profile asks for it is the user's from now on.
    ownedBefore === null || (record.kind === 'sync' && op === 'remove') ? [] : [ownedBefore],
  );
  const gone = new Set([
    ...operations.flatMap(({ profile, owned }) => [profile, owned?.profile ?? profile]),
    ...back.map(({ profile }) => profile),
  ]);
  return [...now.filter(({ profile }) => !gone.has(profile)), ...back];
}
