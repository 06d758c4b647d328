import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { UndoReport } from '../../../shared/schema/undo.ts';
import { describeOperations } from '../plan/describe.ts';
import { matchOwned } from '../plan/match-owned.ts';
import type { Operation } from '../plan/operation.ts';
import type { OwnedEntry } from '../plan/owned-entry.ts';
import { readTargetText } from '../targets/target-text.ts';
import type { SectionEntry } from '../yaml/section.ts';
import { editContent } from './edit-content.ts';
import type { TargetContext } from './file-place.ts';
import { EMPTY_LEDGER, type Ledger } from './ledger.ts';
import { homeMark } from './ledger-file.ts';
import type { TargetState } from './target-state.ts';
import { type ChangeRequest, type PreparedChange, runChange } from './run-change.ts';
import { sectionEdits } from './section-edits.ts';
import type { SyncContext } from './sync-context.ts';
import type { UndoableOperation } from './history-record.ts';

/**
 * Stops managing the local target: its entries stay and become the user's, or are taken out. A later sync that
 * names the target takes it up again.
 */
export function releaseTarget(
  context: SyncContext,
  entries: 'keep' | 'remove',
  request: ChangeRequest,
): Promise<Result<UndoReport, AppError>> {
  return runChange(context, request, (opened, state) => prepareRelease(opened, state, entries));
}

function prepareRelease(
  { home, place }: TargetContext,
  state: TargetState,
  what: 'keep' | 'remove',
): Result<PreparedChange, AppError> {
  const { ledger: before } = state.found;
  const lines = new Map<SectionEntry, OwnedEntry>();
  const content = readTargetText(place.path, state.bytes, 'by-others');
  if (!content.ok) return content;
  const removals: (Operation & { readonly op: 'remove' })[] = [];
  const changedSince: string[] = [];
  for (const [line, { entry, kind }] of matchOwned(before.entries, content.value.entries, home.fingerprint)) {
    const { profile } = line;
    lines.set(entry, line);
    if (kind === 'prefix-and-base-url') changedSince.push(profile);
    else if (what === 'remove') removals.push({ op: 'remove', profile, entry, cause: 'released' });
  }
  const edited = editContent(content.value, sectionEdits(removals), {
    path: place.path,
    origin: before.origin,
  });
  if (!edited.ok) return edited;
  const ledger: Ledger = {
    ...EMPTY_LEDGER,
    home: homeMark(home.fingerprint),
    lastRecord: before.lastRecord,
    released: true,
  };
  const operations = describeOperations(removals, home.fingerprint);
  const undo = removals.map(({ op, profile, entry }): UndoableOperation => {
    const ownedBefore = lines.get(entry) ?? null;
    return { op, profile, indexBefore: entry.index, owned: null, ownedBefore, wantedFingerprint: null };
  });
  return ok({
    report: {
      how: what === 'keep' ? 'memory' : 'entries',
      undoes: null,
      operations,
      held: [],
      changedSince: what === 'remove' ? changedSince : [],
      outside: [],
    },
    change: before.released
      ? null
      : {
          newText: edited.value.newText,
          ledger,
          proof: null,
          kind: 'release',
          undoes: null,
          operations,
          undo,
          held: [],
        },
  });
}
