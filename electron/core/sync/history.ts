import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { link, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, stateError, toleratingErrno } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import { ensureFolder } from '../files/state-folder.ts';
import type { HistoryRecord } from './history-record.ts';
import type { FoundLedger } from './ledger-file.ts';

/** History keeps at most this many records, and at most this much of old bytes, since these hold old keys. */
const MOST_RECORDS = 50;
const MOST_BYTES = 20 * 1024 * 1024;
const FIRST = 'first.record';
const NAME = /^(\d{6,})\.(record|pending)$/;
const NEWLINE = 0x0a;

/**
 * The history of one target: a file a record, its first line the record as JSON (no key in it), the rest the
 * target's bytes from before. The bytes from before the very first sync are kept besides, whatever is pruned.
 *
 * A record is written before the target is, and is `pending` until the change has happened. The ledger is the
 * commit point: a pending record that it names did happen, and we were stopped right after. Without a ledger
 * pending records count for nothing.
 */
export interface History {
  /** First lines of the records that happened, newest first, each read when it is asked for (`read-records.ts`). */
  lines(found: FoundLedger): Iterable<string>;
  /** The number for the next record. None that happened has it, whatever became of the ledger. */
  next(found: FoundLedger): number;
  /** The target's bytes from before a record, or from before the first one; null where they are not kept. */
  bytesBefore(id: number | 'first'): Uint8Array | null;
  /** Writes a pending record with the bytes from before it. Errors: `state-unusable`, `disk-full`. */
  add(record: HistoryRecord, bytes: Uint8Array): Promise<Result<void, AppError>>;
  /** Notes that all pending records up to this one happened, and prunes old ones. Can be repeated. */
  confirm(lastRecord: number): Promise<void>;
  /** Removes all records; with `first` also the bytes from before the first sync. Returns how many files went. */
  purge(first: boolean): Promise<Result<number, AppError>>;
}

interface Kept {
  readonly id: number;
  readonly path: string;
  readonly pending: boolean;
}

export function openHistory(folder: string): History {
  const first = join(folder, FIRST);
  const pathOf = (id: number, kind: 'record' | 'pending'): string =>
    join(folder, `${String(id).padStart(6, '0')}.${kind}`);
  const newest = (): number => kept(folder).find(({ pending }) => !pending)?.id ?? 0;

  return {
    lines: (found) => happened(folder, found),
    next: (found) => 1 + Math.max(newest(), found.state === 'known' ? found.ledger.lastRecord : 0),
    bytesBefore: (id) =>
      id === 'first'
        ? readBytes(first)
        : (readBytes(pathOf(id, 'record')) ?? readBytes(pathOf(id, 'pending'))),
    add: async (record, bytes) => {
      const made = await ensureFolder(folder);
      if (!made.ok) return made;
      const data = Buffer.concat([Buffer.from(`${JSON.stringify(record)}\n`), bytes]);
      const pending = pathOf(record.id, 'pending');
      // An attempt that came to nothing leaves its record, and its bytes are not the first ones any more.
      const isRetry = existsSync(pending);
      const written = await replaceFile(pending, data, { mode: 0o600 });
      if (!written.ok) return err(stateError(written.error));
      if (record.id > 1 || record.kind === 'interrupted') return ok(undefined);
      return keepFirst(pending, first, isRetry);
    },
    confirm: async (lastRecord) => {
      try {
        for (const { id, path, pending } of kept(folder)) {
          if (!pending || id > lastRecord) continue;
          await toleratingErrno(() => rename(path, pathOf(id, 'record')), ['ENOENT'], undefined);
        }
        await removeAll(prunable(kept(folder)));
      } catch (error) {
        // The ledger tells that it happened all the same, and what is too much goes the next time.
        errnoOf(error);
      }
    },
    purge: (withFirst) => removeAll([...kept(folder).map(({ path }) => path), ...(withFirst ? [first] : [])]),
  };
}

function* happened(folder: string, found: FoundLedger): Generator<string> {
  for (const { id, path, pending } of kept(folder)) {
    if (pending && (found.state !== 'known' || id > found.ledger.lastRecord)) continue;
    const line = readFirstLine(path);
    if (line !== null) yield line;
  }
}

/** The records in a folder, newest first. */
function kept(folder: string): readonly Kept[] {
  try {
    const found = readdirSync(folder).flatMap((name) => {
      const [, id, kind] = NAME.exec(name) ?? [];
      return id === undefined
        ? []
        : [{ id: Number(id), path: join(folder, name), pending: kind === 'pending' }];
    });
    return found.sort((one, other) => other.id - one.id);
  } catch (error) {
    errnoOf(error);
    return [];
  }
}

/** The paths of the records that are too many, or whose bytes are; the newest is always kept. */
function prunable(newestFirst: readonly { readonly id: number; readonly path: string }[]): string[] {
  let bytes = 0;
  return newestFirst.flatMap(({ path }, index) => {
    bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return index > 0 && (index >= MOST_RECORDS || bytes > MOST_BYTES) ? [path] : [];
  });
}

async function removeAll(paths: readonly string[]): Promise<Result<number, AppError>> {
  let removed = 0;
  for (const path of paths) {
    try {
      await unlink(path);
      removed += 1;
    } catch (error) {
      const code = errnoOf(error);
      if (code !== 'ENOENT') return err(stateError({ code, path }));
    }
  }
  return ok(removed);
}

/** The first record's bytes outlive it: a second name for its file, or a copy where links are not possible. */
async function keepFirst(record: string, first: string, anew: boolean): Promise<Result<void, AppError>> {
  try {
    if (anew) await toleratingErrno(() => unlink(first), ['ENOENT'], undefined);
    await link(record, first);
    return ok(undefined);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return ok(undefined);
    const copied = await replaceFile(first, readFileSync(record), { mode: 0o600 });
    return copied.ok ? ok(undefined) : err(stateError(copied.error));
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
