import type { History } from './history.ts';
import { HistoryRecord } from './history-record.ts';
import type { FoundLedger } from './ledger-file.ts';

/** The records that happened, newest first. Stands apart from writing them, which needs no schema. */
export function readRecords(history: History, found: FoundLedger): readonly HistoryRecord[] {
  return [...readable(history, found)];
}

/** The first of `readRecords`, which is all that is read then; null where there is none. */
export function latestRecord(history: History, found: FoundLedger): HistoryRecord | null {
  for (const record of readable(history, found)) return record;
  return null;
}

/** Leaves out what can't be understood. */
function* readable(history: History, found: FoundLedger): Generator<HistoryRecord> {
  for (const line of history.lines(found)) {
    const record = understand(line);
    if (record !== null) yield record;
  }
}

function understand(line: string): HistoryRecord | null {
  try {
    const parsed = HistoryRecord.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
