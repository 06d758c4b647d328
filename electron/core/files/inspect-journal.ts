import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf } from './file-failure.ts';
import { readJournal, type Journal, type LedgerFile } from './journal.ts';
import { judgeJournal } from './judge-journal.ts';
import { openTarget, type OpenTarget } from './open-target.ts';

/** Which journal, about which target, and what it takes to judge a file that somebody else wrote since. */
export interface JournalQuestion {
  /** `targetFolder(…).journal`. */
  readonly journal: string;
  /** The target's real path. */
  readonly target: string;
  /** Whether a text is valid YAML, as a file is that somebody has finished writing. */
  readonly parses: (bytes: Uint8Array) => boolean | Promise<boolean>;
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
  const found = await findJournal(question, 'read');
  if (!found.ok) return found;
  await found.value.target?.close();
  return ok(found.value.outcome);
}

/** A journal, its open target and the outcome. The target is the caller's to close. */
export interface JournalFinding {
  readonly outcome: JournalOutcome;
  readonly journal: Journal | undefined;
  /** Undefined where there is no journal, or no target. */
  readonly target: OpenTarget | undefined;
}

/** Looks for a journal and judges it, with the target open to settle it, or to read. */
export async function findJournal(
  question: JournalQuestion,
  access: 'read' | 'write',
): Promise<Result<JournalFinding, AppError>> {
  const journal = await read(question);
  if (!journal.ok) return journal;
  if (journal.value === 'none')
    return ok({ outcome: { kind: 'none' }, journal: undefined, target: undefined });
  const known = journal.value === 'broken' ? undefined : journal.value;
  const opened = await openTarget(question.target, access);
  if (opened.ok) {
    const outcome = await outcomeOf(opened.value.bytes, known, question.parses);
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

async function outcomeOf(
  file: Uint8Array,
  journal: Journal | undefined,
  parses: JournalQuestion['parses'],
): Promise<JournalOutcome> {
  if (journal === undefined) return (await parses(file)) ? { kind: 'broken-journal' } : { kind: 'conflict' };
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
      return (await parses(file)) ? { kind: 'overtaken', journalBytes: newBytes } : { kind: 'conflict' };
  }
}
