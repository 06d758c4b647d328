import { fingerprintOfWanted } from '../plan/fingerprints.ts';
import type { Operation } from '../plan/operation.ts';
import type { Fingerprint, OwnedEntry } from '../plan/owned-entry.ts';
import type { UndoableOperation } from './history-record.ts';
import type { Ledger } from './ledger.ts';
import type { PreparedSync } from './prepared-sync.ts';

/** What a record must remember so that its operations can be taken back one by one. */
export function undoableOperations(
  prepared: PreparedSync,
  before: Ledger,
  fingerprint: Fingerprint,
): readonly UndoableOperation[] {
  const ownedBy = new Map(prepared.nextLedger.entries.map((owned) => [owned.profile, owned]));
  const beforeBy = new Map(before.entries.map((owned) => [owned.profile, owned]));
  const wantedBy = new Map(prepared.wishes.wanted.map((wanted) => [wanted.profile, wanted]));
  const renamed = before.entries.filter(({ profile }) => !ownedBy.has(profile));
  return prepared.plan.operations.flatMap((operation): UndoableOperation[] => {
    if (operation.op === 'leave' || operation.op === 'review') return [];
    const { op, profile } = operation;
    const wanted = wantedBy.get(profile);
    const owned = op === 'remove' ? null : (ownedBy.get(profile) ?? null);
    return [
      {
        op,
        profile,
        indexBefore: op === 'add' ? null : operation.entry.index,
        owned,
        ownedBefore: beforeBy.get(profile) ?? renamedFrom(operation, owned, renamed),
        wantedFingerprint: wanted === undefined ? null : fingerprintOfWanted(wanted, fingerprint),
      },
    ];
  });
}

/** The line, under its old profile's name, of an entry that goes on under a new one. */
function renamedFrom(
  operation: Operation,
  owned: OwnedEntry | null,
  lines: readonly OwnedEntry[],
): OwnedEntry | null {
  if (operation.op !== 'update' || operation.cause !== 'rename' || owned === null) return null;
  const { prefix } = operation.entry;
  const line = lines.find(
    (one) =>
      one.keyFingerprint === owned.keyFingerprint &&
      one.baseUrlFingerprint === owned.baseUrlFingerprint &&
      (one.prefix === prefix || prefix === ''),
  );
  return line ?? null;
}
