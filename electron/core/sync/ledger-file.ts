import { readFileSync } from 'node:fs';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf } from '../files/file-failure.ts';
import type { Fingerprint } from '../plan/owned-entry.ts';
import { EMPTY_LEDGER, type Ledger, parseLedger } from './ledger.ts';

/** A ledger as it was found. `lost`: something is there, but not a ledger of this home that can be understood. */
export interface FoundLedger {
  readonly state: 'known' | 'none' | 'lost';
  readonly ledger: Ledger;
}

/** What the fingerprints of a ledger were made with: one that fits another salt says nothing here. */
export function homeMark(fingerprint: Fingerprint): string {
  return fingerprint('cliproxy-sync ledger');
}

/**
 * Reads a ledger. One that the system does not let us read may be whole, so it does not count as lost, and
 * nothing is written over it. Error: `state-unusable`.
 */
export function readLedger(path: string, fingerprint: Fingerprint): Result<FoundLedger, AppError> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = errnoOf(error);
    return reason === 'ENOENT' || reason === 'ENOTDIR'
      ? ok({ state: 'none', ledger: EMPTY_LEDGER })
      : err({ code: 'state-unusable', path, reason });
  }
  return ok(understandLedger(text, fingerprint));
}

/** The ledger in a text, which may be a journal's as well as a file's. */
export function understandLedger(text: string, fingerprint: Fingerprint): FoundLedger {
  const ledger = parseLedger(text);
  if (ledger === null) return { state: 'lost', ledger: EMPTY_LEDGER };
  if (ledger.home === homeMark(fingerprint)) return { state: 'known', ledger };
  // That the user took this target out of our hands does not hang on the salt.
  return { state: 'lost', ledger: { ...EMPTY_LEDGER, released: ledger.released } };
}
