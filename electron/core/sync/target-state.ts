import type { JsonEntry } from '../targets/remote-server.ts';
import type { ConfigFacts } from '../yaml/config-facts.ts';
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
export interface RemoteSight {
  readonly entries: readonly JsonEntry[];
  /** Of its own configuration file. */
  readonly facts: ConfigFacts;
  readonly version: string | null;
  /** Fields that stand in its file and that its API does not know: writing drops them. */
  readonly dropped: readonly { readonly prefix: string; readonly fields: readonly string[] }[];
}
