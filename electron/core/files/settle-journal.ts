import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AppError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { errnoOf, stateError, targetWriteError } from './file-failure';
import { dropJournal, readJournal, type Journal, type LedgerFile } from './journal';
import { judgeJournal } from './judge-journal';
import { isUnchanged, openTarget, type OpenTarget } from './open-target';
import { grow, overwrite, overwriteOf } from './overwrite';
import { replaceFile } from './replace-file';
import { ensureFolder } from './state-folder';
import { removeLeftovers } from './temporary-file';

/** Which journal, about which target, and what it takes to judge a file that somebody else wrote since. */
export interface JournalQuestion {
  /** `targetFolder(…).journal`. */
  readonly journal: string;
  /** The target's real path. */
  readonly target: string;
  /** Whether a text is valid YAML, as a file is that somebody has finished writing. */
  readonly parses: (bytes: Uint8Array) => boolean;
}

/**
 * What settling a journal comes to; `bytes` are the file's after it.
 * - `file-is-old`: nothing was written, or nothing but padding; the old ledger fits.
 * - `file-is-new`: `ledger` is yet to be written.
 * - `finish`: our write was stopped halfway; it is completed.
 * - `overtaken`: somebody wrote (or removed the file) since; `journalBytes`, what we meant to write, go to history.
 * - `broken-journal`: it can't be read, and the file is whole or missing; it is put aside.
 * - `conflict`: the file is neither ours nor whole.
 */
export type JournalOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'file-is-old'; readonly bytes: Uint8Array }
  | { readonly kind: 'file-is-new'; readonly bytes: Uint8Array; readonly ledger: LedgerFile }
  | { readonly kind: 'finish'; readonly bytes: Uint8Array; readonly ledger: LedgerFile }
  | { readonly kind: 'overtaken'; readonly journalBytes: Uint8Array }
  | { readonly kind: 'broken-journal' }
  | { readonly kind: 'conflict' };

/**
 * Tells what `settleJournal` would come to, and writes nothing: dry runs and reports plan on it. It may be asked
 * without the lock; then a write that is going on right now looks like one that was stopped.
 */
export async function inspectJournal(question: JournalQuestion): Promise<Result<JournalOutcome, AppError>> {
  const found = await look(question, 'read');
  if (!found.ok) return found;
  await found.value.target?.close();
  return ok(found.value.outcome);
}

export interface SettleRequest extends JournalQuestion {
  /** Puts a text that was meant for the target into history. */
  readonly keep: (bytes: Uint8Array) => Promise<Result<void, AppError>>;
  /** Now, in milliseconds since the epoch, to tell leftover files of other machines. */
  readonly nowMs: number;
}

/**
 * Brings a target and its ledger to both old or both new after a write that was stopped, and returns what it came
 * to. Needs the target's lock. May itself be stopped at any moment and started again.
 *
 * Errors, after all of which the journal is still there: `journal-conflict`, which may pass by itself where another
 * program is just writing the file; `target-keeps-changing`, `target-unreadable`, `target-unwritable`, `disk-full`,
 * `state-unusable`; what `keep` returns.
 */
export async function settleJournal(request: SettleRequest): Promise<Result<JournalOutcome, AppError>> {
  const found = await look(request, 'write');
  if (!found.ok) return found;
  const { outcome, journal, target } = found.value;
  try {
    const settled = await settle(request, found.value);
    if (!settled.ok) return settled;
    if (journal !== undefined) await removeLeftovers(dirname(journal.ledger.path), request.nowMs);
    return ok(outcome);
  } finally {
    await target?.close();
  }
}

interface Look {
  readonly outcome: JournalOutcome;
  readonly journal: Journal | undefined;
  /** Undefined where there is no journal, or no target. */
  readonly target: OpenTarget | undefined;
}

async function look(question: JournalQuestion, access: 'read' | 'write'): Promise<Result<Look, AppError>> {
  const journal = await read(question);
  if (!journal.ok) return journal;
  if (journal.value === 'none')
    return ok({ outcome: { kind: 'none' }, journal: undefined, target: undefined });
  const known = journal.value === 'broken' ? undefined : journal.value;
  const opened = await openTarget(question.target, access);
  if (opened.ok) {
    const outcome = outcomeOf(opened.value.bytes, known, question.parses);
    return ok({ outcome, journal: known, target: opened.value });
  }
  if (opened.error.code !== 'target-missing') return opened;
  const outcome: JournalOutcome =
    known === undefined ? { kind: 'broken-journal' } : { kind: 'overtaken', journalBytes: known.newBytes };
  return ok({ outcome, journal: known, target: undefined });
}

async function read({
  journal,
  target,
}: JournalQuestion): Promise<Result<Journal | 'none' | 'broken', AppError>> {
  try {
    return ok(await readJournal(journal, target));
  } catch (error) {
    return err({ code: 'state-unusable', path: journal, reason: errnoOf(error) });
  }
}

function outcomeOf(
  file: Uint8Array,
  journal: Journal | undefined,
  parses: (bytes: Uint8Array) => boolean,
): JournalOutcome {
  if (journal === undefined) return parses(file) ? { kind: 'broken-journal' } : { kind: 'conflict' };
  const { newBytes, ledger } = journal;
  const verdict = judgeJournal(file, journal);
  switch (verdict.kind) {
    case 'file-is-old':
      return { kind: 'file-is-old', bytes: file.subarray(0, verdict.length) };
    case 'file-is-new':
      return { kind: 'file-is-new', bytes: file.subarray(0, verdict.length), ledger };
    case 'half-written':
      return { kind: 'finish', bytes: newBytes, ledger };
    case 'other':
      return parses(file) ? { kind: 'overtaken', journalBytes: newBytes } : { kind: 'conflict' };
  }
}

async function settle(request: SettleRequest, { outcome, target }: Look): Promise<Result<void, AppError>> {
  switch (outcome.kind) {
    case 'none':
      return ok(undefined);
    case 'conflict':
      return err({ code: 'journal-conflict', path: request.target, journal: request.journal });
    case 'broken-journal':
      return putAside(request.journal);
    case 'overtaken': {
      const kept = await request.keep(outcome.journalBytes);
      return kept.ok ? drop(request.journal) : kept;
    }
    case 'file-is-old':
    case 'file-is-new':
    case 'finish': {
      const made = target === undefined ? ok(undefined) : await makeFileBe(target, outcome.bytes);
      if (!made.ok) return made;
      const ledger = outcome.kind === 'file-is-old' ? ok(undefined) : await writeLedger(outcome.ledger);
      return ledger.ok ? drop(request.journal) : ledger;
    }
  }
}

async function makeFileBe(target: OpenTarget, bytes: Uint8Array): Promise<Result<void, AppError>> {
  const { handle, path } = target;
  try {
    if (Buffer.compare(target.bytes, bytes) !== 0) {
      if (target.unwritable !== null)
        return err({ code: 'target-unwritable', path, reason: target.unwritable });
      if (!(await isUnchanged(target))) return err({ code: 'target-keeps-changing', path });
      const change = overwriteOf(target.bytes, bytes);
      const whole = { afterPart: () => undefined };
      await grow(handle, change, whole);
      await overwrite(handle, change, whole);
      await handle.truncate(bytes.length);
    }
    // Even where it reads as it should: the one who was stopped may not have come to it.
    if (target.unwritable === null) await handle.sync();
    return ok(undefined);
  } catch (error) {
    return err(targetWriteError({ code: errnoOf(error), path }));
  }
}

/** The ledger's folder may be gone, together with what was in it; the journal must not be stuck for that. */
async function writeLedger({ path, text }: LedgerFile): Promise<Result<void, AppError>> {
  const folder = await ensureFolder(dirname(path));
  if (!folder.ok) return folder;
  const written = await replaceFile(path, text);
  return written.ok ? written : err(stateError(written.error));
}

async function drop(journal: string): Promise<Result<void, AppError>> {
  const dropped = await dropJournal(journal);
  return dropped.ok ? dropped : err(stateError(dropped.error));
}

async function putAside(journal: string): Promise<Result<void, AppError>> {
  try {
    await rename(journal, `${journal}.broken`);
    return ok(undefined);
  } catch (error) {
    return err(stateError({ code: errnoOf(error), path: journal }));
  }
}
