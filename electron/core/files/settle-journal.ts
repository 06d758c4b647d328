import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, stateError, targetWriteError } from './file-failure.ts';
import {
  findJournal,
  type JournalFinding,
  type JournalOutcome,
  type JournalQuestion,
} from './inspect-journal.ts';
import { dropJournal, type LedgerFile } from './journal.ts';
import { isUnchanged, type OpenTarget } from './open-target.ts';
import { grow, overwrite, overwriteOf } from './overwrite.ts';
import { replaceFile } from './replace-file.ts';
import { ensureFolder } from './state-folder.ts';
import { removeLeftovers } from './temporary-file.ts';

export interface SettleRequest extends JournalQuestion {
  /** Puts a text that was meant for the target into history. */
  readonly keep: (bytes: Uint8Array) => Promise<Result<void, AppError>>;
  /** Where the ledger of this target lies; what killed processes left there goes as well. */
  readonly ledgerFolder: string;
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
  const found = await findJournal(request, 'write');
  if (!found.ok) return found;
  const { outcome, journal, target } = found.value;
  try {
    const settled = await settle(request, found.value);
    if (!settled.ok) return settled;
    // A journal may be that of another CCS home with the same target, and a ledger of its own.
    const folders = new Set([request.ledgerFolder, dirname(journal?.ledger.path ?? request.journal)]);
    for (const folder of folders) await removeLeftovers(folder, request.nowMs);
    return ok(outcome);
  } finally {
    await target?.close();
  }
}

async function settle(
  request: SettleRequest,
  { outcome, target }: JournalFinding,
): Promise<Result<void, AppError>> {
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
