import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, stateError } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import { matchOwned } from '../plan/match-owned.ts';
import { readTargetText } from '../targets/target-text.ts';
import type { TargetContext } from './file-place.ts';
import { formatLedger, type Ledger } from './ledger.ts';
import { openHistory } from './history.ts';
import { type FoundLedger, readLedger, understandLedger } from './ledger-file.ts';
import { textOfList } from './remote-list.ts';
import type { RemoteSight, TargetState } from './target-state.ts';

/**
 * What is written before a server is: the answer to a write may be lost although the write happened, and we may be
 * killed in between. No key is in it. `entries`: how many the list holds once it happened.
 */
const Journal = z.object({ version: z.literal(1), ledger: z.string(), entries: z.number() });

function journalPath({ place }: TargetContext): string {
  return join(place.folder, 'write.json');
}

/** Errors: `state-unusable`, `disk-full`. */
export async function writeRemoteJournal(
  target: TargetContext,
  next: { readonly ledger: Ledger; readonly entries: number },
): Promise<Result<void, AppError>> {
  const journal: z.infer<typeof Journal> = {
    version: 1,
    ledger: formatLedger({ ...next.ledger, written: null }),
    entries: next.entries,
  };
  const written = await replaceFile(journalPath(target), `${JSON.stringify(journal)}\n`, { mode: 0o600 });
  return written.ok ? ok(undefined) : err(stateError(written.error));
}

export async function dropRemoteJournal(target: TargetContext): Promise<void> {
  await rm(journalPath(target), { force: true });
}

/** The ledger that fits what a server holds. */
export interface RemoteLedger {
  readonly found: FoundLedger;
  /** It is that of a write whose end we did not see: the next session makes it the one on the disk. */
  readonly unsettled: boolean;
}

/**
 * That of a write whose end we did not see, where every entry that it names is there, none that it gave up is, and the
 * list is as long as it made it; else the one on the disk. Error: `state-unusable`.
 */
export function findRemoteLedger(
  target: TargetContext,
  served: RemoteSight['entries'],
): Result<RemoteLedger, AppError> {
  const { fingerprint } = target.home;
  const onDisk = readLedger(target.place.ledger, fingerprint);
  if (!onDisk.ok) return onDisk;
  const asItWas = ok({ found: onDisk.value, unsettled: false });
  const journal = readJournal(target);
  if (journal === null || journal.entries !== served.length) return asItWas;
  const written = understandLedger(journal.ledger, fingerprint);
  const text = textOfList(served);
  if (written.state !== 'known' || !text.ok) return asItWas;
  const content = readTargetText(target.place.path, Buffer.from(text.value), 'by-us');
  if (!content.ok) return asItWas;
  const { entries } = content.value;
  const matches = [...matchOwned(written.ledger.entries, entries, fingerprint)];
  const isThere =
    matches.length === written.ledger.entries.length &&
    matches.every(([{ models }, { entry, kind }]) => {
      const names = new Set(entry.models.map(({ name }) => name));
      return kind === 'prefix-and-key' && models.every((name) => names.has(name));
    });
  if (!isThere) return asItWas;
  const ours = new Set(matches.map(([, { entry }]) => entry));
  const others = entries.filter((entry) => !ours.has(entry));
  const left = [...matchOwned(onDisk.value.ledger.entries, others, fingerprint).values()];
  return left.some(({ kind }) => kind === 'prefix-and-key')
    ? asItWas
    : ok({ found: written, unsettled: true });
}

/**
 * Ends a write that turned out to have happened, under the target's lock: its ledger and its record count from now on.
 * Errors: `state-unusable`, `disk-full`.
 */
export async function settleRemoteJournal(
  target: TargetContext,
  { found, remote }: TargetState,
): Promise<Result<void, AppError>> {
  if (remote?.unsettled !== true) return ok(undefined);
  const { place } = target;
  const replaced = await replaceFile(place.ledger, formatLedger(found.ledger), { mode: 0o600 });
  if (!replaced.ok) return err(stateError(replaced.error));
  await openHistory(place.history).confirm(found.ledger.lastRecord);
  await dropRemoteJournal(target);
  return ok(undefined);
}

function readJournal(target: TargetContext): z.infer<typeof Journal> | null {
  try {
    const parsed = Journal.safeParse(JSON.parse(readFileSync(journalPath(target), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) errnoOf(error);
    return null;
  }
}
