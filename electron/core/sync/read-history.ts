import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { HistoryEntry, HistoryReport } from '../../../shared/schema/history.ts';
import { removeLeftovers } from '../files/temporary-file.ts';
import { openHistory } from './history.ts';
import type { HistoryRecord } from './history-record.ts';
import { readLedger } from './ledger-file.ts';
import type { SyncContext } from './sync-context.ts';
import { underTargetLock } from './target-lock.ts';
import { locateTarget } from './world.ts';
import { readRecords } from './read-records.ts';

/** The changes that happened to a target, newest first. */
export async function listHistory(
  context: SyncContext,
  id?: string,
): Promise<Result<HistoryReport, AppError>> {
  const target = await locateTarget(context, id);
  if (!target.ok) return target;
  const { home, place } = target.value;
  const history = openHistory(place.history);
  const found = readLedger(place.ledger, home.fingerprint);
  if (!found.ok) return found;
  const records = readRecords(history, found.value);
  return ok({ records: records.map(shown), first: history.bytesBefore('first') !== null });
}

/** One record. Error: `unknown-record`. */
export async function showHistory(
  context: SyncContext,
  id: number,
  of?: string,
): Promise<Result<HistoryEntry, AppError>> {
  const report = await listHistory(context, of);
  if (!report.ok) return report;
  const record = report.value.records.find((one) => one.id === id);
  return record === undefined ? err({ code: 'unknown-record', id: String(id) }) : ok(record);
}

/**
 * Removes what the history keeps: old bytes hold keys. With `first` also the bytes from before the first sync,
 * after which nothing can bring those back. Returns how many files went.
 */
export async function purgeHistory(
  context: SyncContext,
  first: boolean,
  id?: string,
): Promise<Result<number, AppError>> {
  const target = await locateTarget(context, id);
  if (!target.ok) return target;
  const { history } = target.value.place;
  return underTargetLock(target.value, async () => {
    await removeLeftovers(history, context.clock.now());
    return openHistory(history).purge(first);
  });
}

function shown(record: HistoryRecord): HistoryEntry {
  const { version: _version, undo: _undo, held: _held, ledgerBefore: _ledger, ...entry } = record;
  return entry;
}
