import type { ServerSight } from '../targets/server-sight.ts';
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
  /** What only a remote server tells; its list is then the bytes (`textOfList`). */
  readonly remote?: RemoteSight | undefined;
}

/** What was seen of a remote server beside its list. */
export interface RemoteSight extends ServerSight {
  /** The ledger is that of a write whose end we did not see. */
  readonly unsettled: boolean;
}
