import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { link, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, stateError } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import { ensureFolder } from '../files/state-folder.ts';
import { HistoryRecord } from './history-record.ts';
import type { FoundLedger } from './ledger-file.ts';

/** History keeps at most this many records, and at most this much of old bytes (architecture, decision 10). */
const MOST_RECORDS = 50;
const MOST_BYTES = 20 * 1024 * 1024;
const FIRST = 'first.record';
const NAME = /^(\d{6,})\.record$/;
const NEWLINE = 0x0a;

/**
 * The history of one target: a file a record, its first line the record as JSON (no key in it), the rest the
 * target's bytes from before. The bytes from before the very first sync are kept besides, whatever is pruned.
 */
export interface History {
  /** Newest first. Records after `lastRecord` never happened: the ledger is the commit point. Null: all. */
  list(lastRecord: number | null): readonly HistoryRecord[];
  /** The highest number that a record has, whether it happened or not; 0 where there is none. */
  newest(): number;
  get(id: number): HistoryRecord | null;
  /** The target's bytes from before a record, or from before the first one; null where they are not kept. */
  bytesBefore(id: number | 'first'): Uint8Array | null;
  /** Writes a record with the bytes from before it, and prunes old ones. Errors: `state-unusable`, `disk-full`. */
  add(record: HistoryRecord, bytes: Uint8Array): Promise<Result<void, AppError>>;
  /** Removes all records; with `first` also the bytes from before the first sync. Returns how many. */
  purge(first: boolean): Promise<Result<number, AppError>>;
}

export function openHistory(folder: string): History {
  const pathOf = (id: number): string => join(folder, `${String(id).padStart(6, '0')}.record`);
  const ids = (): number[] => {
    try {
      const found = readdirSync(folder).flatMap((name) => NAME.exec(name)?.[1] ?? []);
      return found.map(Number).sort((one, other) => other - one);
    } catch (error) {
      errnoOf(error);
      return [];
    }
  };
  const get = (id: number): HistoryRecord | null => readRecord(pathOf(id));

  return {
    list: (lastRecord) => ids().flatMap((id) => (lastRecord !== null && id > lastRecord ? [] : (get(id) ?? []))),
    newest: () => ids()[0] ?? 0,
    get,
    bytesBefore: (id) => readBytes(id === 'first' ? join(folder, FIRST) : pathOf(id)),
    add: async (record, bytes) => {
      const made = await ensureFolder(folder);
      if (!made.ok) return made;
      const data = Buffer.concat([Buffer.from(`${JSON.stringify(record)}\n`), bytes]);
      const written = await replaceFile(pathOf(record.id), data, { mode: 0o600 });
      if (!written.ok) return err(stateError(written.error));
      const kept = await keepFirst(pathOf(record.id), join(folder, FIRST));
      if (!kept.ok) return kept;
      return removeAll(prunable(ids().map((id) => ({ id, path: pathOf(id) }))));
    },
    purge: async (first) => {
      const paths = [...ids().map(pathOf), ...(first ? [join(folder, FIRST)] : [])];
      const removed = await removeAll(paths);
      return removed.ok ? ok(paths.length) : removed;
    },
  };
}

/** The ledger says which record was the last one that happened; without it, none of those there is overwritten. */
export function nextRecord(found: FoundLedger, history: History): number {
  return 1 + (found.state === 'known' ? found.ledger.lastRecord : history.newest());
}

/** The paths of the records that are too many, or whose bytes are; the newest is always kept. */
function prunable(newestFirst: readonly { readonly id: number; readonly path: string }[]): string[] {
  let bytes = 0;
  return newestFirst.flatMap(({ path }, index) => {
    bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return index > 0 && (index >= MOST_RECORDS || bytes > MOST_BYTES) ? [path] : [];
  });
}

async function removeAll(paths: readonly string[]): Promise<Result<void, AppError>> {
  for (const path of paths) {
    try {
      await unlink(path);
    } catch (error) {
      const code = errnoOf(error);
      if (code !== 'ENOENT') return err(stateError({ code, path }));
    }
  }
  return ok(undefined);
}

/** The first record's bytes outlive it: a second name for its file, or a copy where links are not possible. */
async function keepFirst(record: string, first: string): Promise<Result<void, AppError>> {
  try {
    await link(record, first);
    return ok(undefined);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return ok(undefined);
    const copied = await replaceFile(first, readFileSync(record), { mode: 0o600 });
    return copied.ok ? ok(undefined) : err(stateError(copied.error));
  }
}

/** Reads only the first line; null where there is no such record, or none that can be understood. */
function readRecord(path: string): HistoryRecord | null {
  const line = readFirstLine(path);
  if (line === null) return null;
  try {
    const parsed = HistoryRecord.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function readFirstLine(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    errnoOf(error);
    return null;
  }
  try {
    const parts: Buffer[] = [];
    for (;;) {
      const part = Buffer.alloc(16_384);
      const length = readSync(file, part);
      const end = part.subarray(0, length).indexOf(NEWLINE);
      parts.push(part.subarray(0, end < 0 ? length : end));
      if (end >= 0) return Buffer.concat(parts).toString('utf8');
      if (length === 0) return null;
    }
  } finally {
    closeSync(file);
  }
}

function readBytes(path: string): Uint8Array | null {
  try {
    const data = readFileSync(path);
    const end = data.indexOf(NEWLINE);
    return end < 0 ? null : data.subarray(end + 1);
  } catch (error) {
    errnoOf(error);
    return null;
  }
}
