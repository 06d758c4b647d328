import { createHash } from 'node:crypto';
import { parseProfile, type ProfileContent, unreadable, type UnreadableProfile } from './parse-profile.ts';
import { readRegularFile } from './regular-file.ts';

/** A profile file as it stands: readable, not readable, or surely not there (its folder lists and lacks it). */
export type ProfileFileReading = ReadProfile | UnreadableProfile | { readonly state: 'missing' };

export interface ReadProfile extends ProfileContent {
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly hash: string;
  /** Permission bits. */
  readonly mode: number;
}

/** Settings files are some hundred bytes; what is larger than this is none. */
const MAX_BYTES = 1024 * 1024;

/** Reads one settings file, once. Tells no `missing`: that takes a look at the folder. */
export function readProfileFile(path: string): ReadProfile | UnreadableProfile {
  const file = readRegularFile(path, MAX_BYTES);
  if (!file.ok) return unreadable(file.error);
  const { bytes, mode } = file.value;
  const content = parseProfile(bytes);
  if (content.state === 'unreadable') return content;
  return { ...content, hash: createHash('sha256').update(bytes).digest('hex'), mode };
}
