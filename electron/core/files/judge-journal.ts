import type { Journal } from './journal.ts';

const NEWLINE = 0x0a;

/**
 * What a journal and the file that it is about say about each other:
 * - `file-is-old`, `file-is-new`: the write had not begun, or only the ledger is missing. `length` is how much of
 *   the file counts, the rest being our padding;
 * - `half-written`: each byte is the old one, the new one or padding, so it is our own write that was stopped;
 * - `other`: somebody else wrote since.
 */
export type JournalVerdict =
  | { readonly kind: 'file-is-old'; readonly length: number }
  | { readonly kind: 'file-is-new'; readonly length: number }
  | { readonly kind: 'half-written' }
  | { readonly kind: 'other' };

export function judgeJournal(file: Uint8Array, { oldBytes, newBytes }: Journal): JournalVerdict {
  if (equal(file, oldBytes)) return { kind: 'file-is-old', length: file.length };
  if (equal(file, newBytes)) return { kind: 'file-is-new', length: file.length };
  const likeOld = isAlikeButForNewlines(file, oldBytes);
  const likeNew = isAlikeButForNewlines(file, newBytes);
  if (likeOld && file.length > oldBytes.length) {
    return { kind: 'file-is-old', length: withoutPadding(file, oldBytes, newBytes) };
  }
  if (likeNew && file.length > newBytes.length) {
    return { kind: 'file-is-new', length: withoutPadding(file, newBytes, oldBytes) };
  }
  if (isMix(file, oldBytes, newBytes)) return { kind: 'half-written' };
  // Fewer newlines at the end than the text has: that is none of our doing, and stays as it is.
  if (likeOld) return { kind: 'file-is-old', length: file.length };
  return likeNew ? { kind: 'file-is-new', length: file.length } : { kind: 'other' };
}

function isAlikeButForNewlines(file: Uint8Array, text: Uint8Array): boolean {
  const end = contentEnd(file);
  return end === contentEnd(text) && equal(file.subarray(0, end), text.subarray(0, end));
}

/** Our padding never goes beyond the longer text; where there are more newlines, somebody else added some. */
function withoutPadding(file: Uint8Array, text: Uint8Array, other: Uint8Array): number {
  return file.length <= other.length ? text.length : file.length;
}

/**
 * Byte by byte, since after a power failure any of the blocks may have reached the disk, and from the old end on
 * a file system may show zeros where newlines were to come.
 */
function isMix(file: Uint8Array, oldBytes: Uint8Array, newBytes: Uint8Array): boolean {
  const [shorter, longer] = [
    Math.min(oldBytes.length, newBytes.length),
    Math.max(oldBytes.length, newBytes.length),
  ];
  if (file.length < shorter || file.length > longer) return false;
  return file.every(
    (byte, at) =>
      byte === oldBytes[at] ||
      byte === newBytes[at] ||
      (byte === NEWLINE && at >= shorter) ||
      (byte === 0 && at >= oldBytes.length),
  );
}

function contentEnd(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === NEWLINE) end--;
  return end;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
