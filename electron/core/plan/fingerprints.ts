import type { Fingerprint, Hold, OwnedEntry } from './owned-entry.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** The ledger's line for an entry that is as its profile wants it: the items of the named models are ours. */
export function ownedEntryOf(wanted: WantedEntry, fingerprint: Fingerprint): OwnedEntry {
  return {
    profile: wanted.profile,
    prefix: wanted.prefix,
    keyFingerprint: fingerprint(wanted.apiKey),
    baseUrlFingerprint: fingerprint(wanted.baseUrl),
    models: wanted.models,
  };
}

/** Tells whether a profile still asks for the very same entry. */
export function fingerprintOfWanted(wanted: WantedEntry, fingerprint: Fingerprint): string {
  return fingerprint(JSON.stringify([wanted.prefix, wanted.apiKey, wanted.baseUrl, wanted.models]));
}

/** The hold that an undo puts on what the profile asks for now. */
export function holdOn(wanted: WantedEntry, fingerprint: Fingerprint): Hold {
  return { profile: wanted.profile, wantedFingerprint: fingerprintOfWanted(wanted, fingerprint) };
}
