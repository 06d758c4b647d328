import { fingerprintOfWanted } from '../plan/fingerprints.ts';
import type { Fingerprint } from '../plan/owned-entry.ts';
import type { UndoableOperation } from './history-record.ts';
import type { PreparedSync } from './prepare-sync.ts';

/** What a record must remember so that its operations can be taken back one by one. */
export function undoableOperations(prepared: PreparedSync, fingerprint: Fingerprint): readonly UndoableOperation[] {
  const ownedBy = new Map(prepared.nextLedger.entries.map((owned) => [owned.profile, owned]));
  const wantedBy = new Map(prepared.wishes.wanted.map((wanted) => [wanted.profile, wanted]));
  return prepared.plan.operations.flatMap((operation): UndoableOperation[] => {
    if (operation.op === 'leave' || operation.op === 'review') return [];
    const { op, profile } = operation;
    const wanted = wantedBy.get(profile);
    return [
      {
        op,
        profile,
        indexBefore: op === 'add' ? null : operation.entry.index,
        owned: op === 'remove' ? null : (ownedBy.get(profile) ?? null),
        wantedFingerprint: wanted === undefined ? null : fingerprintOfWanted(wanted, fingerprint),
      },
    ];
  });
}
