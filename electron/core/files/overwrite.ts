import type { FileHandle } from 'node:fs/promises';
import { writeFully } from './replace-file.ts';

const NEWLINE = 0x0a;

/** What a write of new bytes over old ones, without a rename, comes down to. */
export interface Overwrite {
  /** Where the first differing byte stands, or the end of the shorter of both. */
  readonly from: number;
  readonly oldLength: number;
  readonly newBytes: Uint8Array;
}

export function overwriteOf(oldBytes: Uint8Array, newBytes: Uint8Array): Overwrite {
  return { from: firstDifference(oldBytes, newBytes), oldLength: oldBytes.length, newBytes };
}

/** How a write is cut into calls. Kill tests ask for several and stop after each; otherwise it is one. */
export interface Parts {
  readonly chunkBytes?: number;
  readonly afterPart: () => void | Promise<void>;
}

/**
 * Makes the file as long as the new text, where that is longer, by writing newlines at the end. Real bytes: a file
 * system may grow a file without having the space, and then fail when half of the text is written.
 */
export async function grow(
  handle: FileHandle,
  { oldLength, newBytes }: Overwrite,
  parts: Parts,
): Promise<void> {
  const padding = Buffer.alloc(Math.max(0, newBytes.length - oldLength), NEWLINE);
  await writeInParts(handle, { bytes: padding, position: oldLength }, parts);
}

/**
 * Writes from the first difference to the end. Where the new text is shorter, newlines follow it to the old end:
 * whoever reads between this and the truncation meets valid YAML, and no rest of the old text.
 */
export async function overwrite(handle: FileHandle, change: Overwrite, parts: Parts): Promise<void> {
  const { from, oldLength, newBytes } = change;
  const padding = Buffer.alloc(Math.max(0, oldLength - newBytes.length), NEWLINE);
  const bytes = Buffer.concat([newBytes.subarray(from), padding]);
  await writeInParts(handle, { bytes, position: from }, parts);
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly position: number;
}

async function writeInParts(handle: FileHandle, { bytes, position }: Piece, parts: Parts): Promise<void> {
  const size = parts.chunkBytes ?? bytes.length;
  for (let start = 0; start < bytes.length; start += size) {
    await writeFully(handle, bytes.subarray(start, start + size), position + start);
    await parts.afterPart();
  }
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at] === b[at]) at++;
  return at;
}
