/**
 * One line of the ledger: an entry of a target that we own. Values that may be secret are fingerprints
 * (HMAC-SHA-256 with this home's salt), so the ledger never holds a key.
 */
export interface OwnedEntry {
  readonly profile: string;
  readonly prefix: string;
  readonly keyFingerprint: string;
  readonly baseUrlFingerprint: string;
  /** Names of the model items that are ours, in the order in which the profile named them. */
  readonly models: readonly string[];
}

/**
 * An undo that plain syncs respect: as long as the profile asks for exactly what was undone, its entry is left.
 */
export interface Hold {
  readonly profile: string;
  /** `fingerprintOfWanted` of what the profile asked for when the undo happened. */
  readonly wantedFingerprint: string;
}

/** Turns a value into a fingerprint that tells equality and nothing else. */
export type Fingerprint = (value: string) => string;
