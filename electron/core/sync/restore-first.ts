import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { UndoReport } from '../../../shared/schema/undo.ts';
import { describeOperations } from '../plan/describe.ts';
import { holdOn } from '../plan/fingerprints.ts';
import { matchOwned } from '../plan/match-owned.ts';
import type { Operation } from '../plan/operation.ts';
import { readTargetText } from '../targets/target-text.ts';
import type { TargetContext } from './file-place.ts';
import type { History } from './history.ts';
import { EMPTY_LEDGER } from './ledger.ts';
import { homeMark } from './ledger-file.ts';
import { outsideChanges } from './outside-changes.ts';
import { prepareSync } from './prepare-sync.ts';
import type { TargetState } from './target-state.ts';
import { type ChangeRequest, type PreparedChange, runChange } from './run-change.ts';
import type { SyncContext } from './sync-context.ts';
import { locateTarget, readWorld } from './world.ts';

/**
 * Restores the file's bytes from before the very first sync, and holds every profile that is synced now. Where
 * others changed something in between, that would be lost, and a person is asked first.
 * Errors: `nothing-to-undo` where the bytes were never kept or were purged, and those of reading and writing.
 */
export async function restoreFirst(
  context: SyncContext,
  request: ChangeRequest,
): Promise<Result<UndoReport, AppError>> {
  const target = await locateTarget(context);
  return target.ok ? runChange(target.value, request, prepareRestore) : target;
}

async function prepareRestore(
  target: TargetContext,
  state: TargetState,
  history: History,
): Promise<Result<PreparedChange, AppError>> {
  const { home, place } = target;
  const bytes = history.bytesBefore('first');
  if (bytes === null) return err({ code: 'nothing-to-undo' });
  const world = await readWorld(target, state.found.ledger);
  if (!world.ok) return world;
  const planned = prepareSync(state, { only: null, accepted: false }, { world: world.value, home });
  if (!planned.ok) return planned;
  const now = readTargetText(place.path, state.bytes, 'by-others');
  if (!now.ok) return now;
  const first = readTargetText(place.path, bytes, 'by-others');
  const matches = matchOwned(state.found.ledger.entries, now.value.entries, home.fingerprint);
  const removals = [...matches].map(([{ profile }, { entry }]): Operation => {
    return { op: 'remove', profile, entry, cause: 'released' };
  });
  const operations = describeOperations(removals, home.fingerprint);
  const holds = planned.value.wishes.wanted.map((wanted) => holdOn(wanted, home.fingerprint));
  const ours = new Set([...matches.values()].map(({ entry }) => entry));
  const report = {
    how: 'whole',
    undoes: 0,
    operations,
    held: holds.map(({ profile }) => profile),
    changedSince: [],
    outside: first.ok ? outsideChanges(now.value, first.value, ours) : [],
  } as const;
  const ledger = { ...EMPTY_LEDGER, home: homeMark(home.fingerprint), holds };
  return ok({
    report: { ...report, changedSince: [] },
    change:
      Buffer.compare(state.bytes, bytes) === 0
        ? null
        : { newText: bytes, ledger, proof: null, kind: 'undo', undoes: 0, operations, undo: [] },
  });
}
