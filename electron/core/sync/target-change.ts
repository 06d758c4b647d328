import type { Result } from '../../../shared/result.ts';
import type { OperationView } from '../../../shared/schema/plan.ts';
import type { WriteError } from '../files/in-place-write.ts';
import type { History } from './history.ts';
import type { HistoryRecord, UndoableOperation } from './history-record.ts';
import { formatLedger, type Ledger, type Written } from './ledger.ts';
import type { TargetState } from './target-state.ts';

/** A target: locked, settled, read, and open to be written. */
export interface TargetSession {
  readonly state: TargetState;
  readonly history: History;
  /** Writes a change and remembers it. `stale`: the file changed since it was read, and nothing was written. */
  commit(change: TargetChange): Promise<Result<Committed, WriteError>>;
}

export interface TargetChange {
  /** Null where only our memory changes. */
  readonly newText: string | Uint8Array | null;
  readonly ledger: Ledger;
  /** What later syncs may prove from hashes; the file's own hash is added. */
  readonly proof: Omit<Written, 'fileHash'> | null;
  readonly kind: HistoryRecord['kind'];
  readonly undoes: number | null;
  readonly operations: readonly OperationView[];
  readonly undo: readonly UndoableOperation[];
  /** Profiles that it puts a hold on. */
  readonly held: readonly string[];
}

export interface Committed {
  /** The history's record; null where no byte of the file changed. */
  readonly record: number | null;
}

/** The history's record of a change. */
export function recordOf(
  { kind, undoes, operations, undo, held }: TargetChange,
  about: Pick<HistoryRecord, 'id' | 'path' | 'hashBefore' | 'hashAfter'> & {
    readonly nowMs: number;
    readonly ledger: Ledger;
  },
): HistoryRecord {
  const { id, path, hashBefore, hashAfter } = about;
  const time = new Date(about.nowMs).toISOString();
  const ledgerBefore = formatLedger(about.ledger);
  const rest = { operations, undo, held, hashBefore, hashAfter, ledgerBefore };
  return { version: 1, id, time, kind, path, undoes, ...rest };
}
