import { readFileSync } from 'node:fs';
import { errnoOf } from '../files/file-failure.ts';
import type { Fingerprint } from '../plan/owned-entry.ts';
import { EMPTY_LEDGER, type Ledger, parseLedger } from './ledger.ts';

/** A ledger as it was found. `lost`: something is there, but not a ledger of this home that can be read. */
export interface FoundLedger {
  readonly state: 'known' | 'none' | 'lost';
  readonly ledger: Ledger;
}

/** What the fingerprints of a ledger were made with: one that fits another salt says nothing here. */
export function homeMark(fingerprint: Fingerprint): string {
  return fingerprint('cliproxy-sync ledger');
}

export function readLedger(path: string, fingerprint: Fingerprint): FoundLedger {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = errnoOf(error);
    return { state: code === 'ENOENT' || code === 'ENOTDIR' ? 'none' : 'lost', ledger: EMPTY_LEDGER };
  }
  return understandLedger(text, fingerprint);
}

/** The ledger in a text, which may be a journal's as well as a file's. */
export function understandLedger(text: string, fingerprint: Fingerprint): FoundLedger {
  const ledger = parseLedger(text);
  if (ledger === null || ledger.home !== homeMark(fingerprint)) return { state: 'lost', ledger: EMPTY_LEDGER };
  return { state: 'known', ledger };
}
