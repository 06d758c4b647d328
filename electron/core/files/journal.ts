import { readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod/mini';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, toleratingErrno, type FileFailure } from './file-failure.ts';
import { hashOf } from './open-target.ts';
import { replaceFile, syncFolder } from './replace-file.ts';

/**
 * What a write in place is about to do, kept until it is done: a kill in between leaves it for the next of us to
 * settle. It holds the user's file, keys included, so it lies in the state folder with mode 0600.
 */
export interface Journal {
  /** The real path of the file that is written. */
  readonly target: string;
  readonly oldBytes: Uint8Array;
  readonly newBytes: Uint8Array;
  /** The ledger that fits the new bytes. */
  readonly ledger: LedgerFile;
}

/** A ledger, which is but text here, and where it belongs. */
export interface LedgerFile {
  readonly path: string;
  readonly text: string;
}

/** The bytes old and new share at the start are kept once. */
export interface JournalRequest extends Journal {
  readonly from: number;
}

const FORMAT = 1;

/**
 * Writes the journal: a line of JSON with the lengths of what follows it, which is the new text, the old text from
 * the first difference on, and the ledger.
 */
export async function writeJournal(
  path: string,
  request: JournalRequest,
  beforeRename: () => void | Promise<void>,
): Promise<Result<void, FileFailure>> {
  const oldRest = request.oldBytes.subarray(request.from);
  const ledger = Buffer.from(request.ledger.text);
  const body = Buffer.concat([request.newBytes, oldRest, ledger]);
  const header = {
    format: FORMAT,
    target: request.target,
    ledger: request.ledger.path,
    from: request.from,
    lengths: [request.newBytes.length, oldRest.length, ledger.length],
    bodyHash: hashOf(body),
  };
  const data = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
  return replaceFile(path, data, { beforeRename });
}

/** Reads a journal; `none` where there is none, `broken` where it can't be one that was written for this target. */
export async function readJournal(path: string, target: string): Promise<Journal | 'none' | 'broken'> {
  const data = await toleratingErrno(() => readFile(path), ['ENOENT', 'ENOTDIR'], undefined);
  if (data === undefined) return 'none';
  const journal = decode(data);
  return journal?.target === target ? journal : 'broken';
}

/** Removes the journal for good. */
export async function dropJournal(path: string): Promise<Result<void, FileFailure>> {
  try {
    await toleratingErrno(() => unlink(path), ['ENOENT'], undefined);
    await syncFolder(dirname(path));
    return ok(undefined);
  } catch (error) {
    return err({ code: errnoOf(error), path });
  }
}

function decode(data: Buffer): Journal | undefined {
  const headerEnd = data.indexOf('\n');
  const header = parseHeader(data.toString('utf8', 0, Math.max(0, headerEnd)));
  const body = data.subarray(headerEnd + 1);
  if (header === undefined || hashOf(body) !== header.bodyHash) return undefined;
  const [newLength, restLength] = header.lengths;
  const newBytes = body.subarray(0, newLength);
  const oldRest = body.subarray(newLength, newLength + restLength);
  return {
    target: header.target,
    newBytes,
    oldBytes: Buffer.concat([newBytes.subarray(0, header.from), oldRest]),
    ledger: { path: header.ledger, text: body.toString('utf8', newLength + restLength) },
  };
}

function parseHeader(line: string) {
  const length = z.int().check(z.nonnegative());
  const schema = z.object({
    format: z.literal(FORMAT),
    target: z.string(),
    ledger: z.string(),
    from: length,
    lengths: z.tuple([length, length, length]),
    bodyHash: z.string(),
  });
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
