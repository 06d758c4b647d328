import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, stateError, targetWriteError } from './file-failure.ts';
import { dropJournal, writeJournal, type LedgerFile } from './journal.ts';
import { hashOf, isInPlace, isUnchanged, type OpenTarget } from './open-target.ts';
import { grow, overwrite, overwriteOf, type Overwrite, type Parts } from './overwrite.ts';
import { replaceFile, writeFully } from './replace-file.ts';

export type WriteStep =
  | 'journal-prepared'
  | 'journal-written'
  | 'checked'
  | 'grown-part'
  | 'grown'
  | 'written-part'
  | 'written'
  | 'truncated'
  | 'synced'
  | 'in-place'
  | 'ledger-prepared'
  | 'ledger-written'
  | 'journal-dropped';

export interface WriteRequest {
  /** Opened to be written, under the target's lock, with no journal left to settle. */
  readonly target: OpenTarget;
  readonly newBytes: Uint8Array;
  /** Where the journal goes: `targetFolder(…).journal`. */
  readonly journal: string;
  /** The ledger that fits the new bytes. */
  readonly ledger: LedgerFile;
  /** For kill tests: told of each step that is done, and how many bytes to write at a time. */
  readonly steps?: WriteSteps;
}

export interface WriteSteps {
  readonly after: (step: WriteStep) => void | Promise<void>;
  readonly chunkBytes?: number;
}

/** `stale`: the file was changed, replaced or removed since it was read, so that a new plan is needed. */
export type WriteError = AppError | { readonly code: 'stale' };

export interface Written {
  readonly kind: 'written';
  /** SHA-256 of the file as it now is. */
  readonly hash: string;
}

/**
 * Replaces the target's content in place and its ledger with it, so that a kill at any moment leaves what
 * `settleJournal` can bring to both old or both new. In place, because a rename makes a running CLIProxyAPI deaf
 * to the file and can't be done to a file that is mounted alone into a container.
 *
 * Errors: `stale`; `disk-full` and `target-unwritable` with the old content whole again; `state-unusable` and
 * `disk-full` naming a file of ours. Where the ledger can't be written after the target, the journal stays.
 */
export async function writeInPlace(request: WriteRequest): Promise<Result<Written, WriteError>> {
  const { target, newBytes, journal } = request;
  const change = overwriteOf(target.bytes, newBytes);
  if (change.from === target.bytes.length && newBytes.length === target.bytes.length)
    return writeLedgerOnly(request);
  if (target.unwritable !== null) {
    return err({ code: 'target-unwritable', path: target.path, reason: target.unwritable });
  }
  const noted = await noteInJournal(request, change.from);
  if (!noted.ok) return noted;
  const written = await writeTarget(request, change);
  if (!written.ok) {
    const dropped = written.error.journal === 'drop' ? await dropJournal(journal) : ok(undefined);
    return dropped.ok ? err(written.error.cause) : err(stateError(dropped.error));
  }
  const ledger = await writeLedger(request);
  if (!ledger.ok) return ledger;
  const dropped = await dropJournal(journal);
  if (!dropped.ok) return err(stateError(dropped.error));
  await request.steps?.after('journal-dropped');
  return ok({ kind: 'written', hash: hashOf(newBytes) });
}

async function writeLedgerOnly(request: WriteRequest): Promise<Result<Written, WriteError>> {
  if (!(await isUnchanged(request.target))) return err({ code: 'stale' });
  const ledger = await writeLedger(request);
  return ledger.ok ? ok({ kind: 'written', hash: request.target.hash }) : ledger;
}

async function noteInJournal(request: WriteRequest, from: number): Promise<Result<void, WriteError>> {
  const { target, newBytes, journal, ledger, steps } = request;
  const content = { target: target.realPath, oldBytes: target.bytes, newBytes, ledger, from };
  const noted = await writeJournal(journal, content, () => steps?.after('journal-prepared'));
  if (!noted.ok) return err(stateError(noted.error));
  await steps?.after('journal-written');
  return ok(undefined);
}

async function writeLedger({ ledger, steps }: WriteRequest): Promise<Result<void, WriteError>> {
  const options = { beforeRename: () => steps?.after('ledger-prepared') };
  const written = await replaceFile(ledger.path, ledger.text, options);
  if (!written.ok) return err(stateError(written.error));
  await steps?.after('ledger-written');
  return ok(undefined);
}

/** What went wrong, and whether the file is such that the journal has nothing left to tell. */
interface TargetFailure {
  readonly cause: WriteError;
  readonly journal: 'drop' | 'keep';
}

async function writeTarget(request: WriteRequest, change: Overwrite): Promise<Result<void, TargetFailure>> {
  const { target, steps } = request;
  const { oldLength, newBytes } = change;
  /** From here on to the end there may be other bytes than the old ones; undefined while there can't be. */
  let touchedFrom: number | undefined;
  try {
    if (!(await isUnchanged(target))) return err({ cause: { code: 'stale' }, journal: 'drop' });
    await steps?.after('checked');
    touchedFrom = oldLength;
    await grow(target.handle, change, partsOf(steps, 'grown-part'));
    await steps?.after('grown');
    touchedFrom = change.from;
    await overwrite(target.handle, change, partsOf(steps, 'written-part'));
    await steps?.after('written');
    if (newBytes.length < oldLength) await target.handle.truncate(newBytes.length);
    await steps?.after('truncated');
    await target.handle.sync();
    await steps?.after('synced');
    // Renamed over meanwhile: what was written is no longer the target, and nothing is known of what now is.
    if (!(await isInPlace(target))) return err({ cause: { code: 'stale' }, journal: 'drop' });
    await steps?.after('in-place');
    return ok(undefined);
  } catch (error) {
    const cause = targetWriteError({ code: errnoOf(error), path: target.path });
    return err({ cause, journal: (await putBack(target, touchedFrom)) ? 'drop' : 'keep' });
  }
}

/** Undoes a write that failed. Where that fails too, the journal is needed to make the file whole. */
async function putBack(target: OpenTarget, touchedFrom: number | undefined): Promise<boolean> {
  if (touchedFrom === undefined) return true;
  try {
    await writeFully(target.handle, target.bytes.subarray(touchedFrom), touchedFrom);
    await target.handle.truncate(target.bytes.length);
    await target.handle.sync();
    return true;
  } catch (error) {
    errnoOf(error);
    return false;
  }
}

function partsOf(steps: WriteSteps | undefined, step: WriteStep): Parts {
  if (steps === undefined) return { afterPart: () => undefined };
  const afterPart = () => steps.after(step);
  return steps.chunkBytes === undefined ? { afterPart } : { afterPart, chunkBytes: steps.chunkBytes };
}
