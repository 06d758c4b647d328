import type { FoundLedger } from './ledger-file.ts';

/** The target as one attempt of a sync found it. */
export interface TargetState {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes. */
  readonly hash: string;
  /** The file's permission bits. */
  readonly mode: number;
  readonly found: FoundLedger;
}
