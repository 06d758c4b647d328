import type { SectionEntry } from '../yaml/section.ts';
import type { Fingerprint, OwnedEntry } from './owned-entry.ts';

/**
 * How an entry of the target was recognized as ours: by prefix and key; by prefix and base URL (the key was
 * changed by hand); or by key, base URL and models with the prefix missing (CCS rewrote the section).
 */
export type MatchKind = 'prefix-and-key' | 'prefix-and-base-url' | 'prefix-missing';

export interface Match {
  readonly entry: SectionEntry;
  readonly kind: MatchKind;
}

/** The key under which entries are looked up for one kind of match. */
type KeyOf<T> = (value: T) => string;

const SEPARATOR = '\u0000';

/**
 * Finds the target's entry of each owned one, each entry at most once, ties in file order (architecture,
 * decision 2). Owned entries that are not in the result are no longer in the target.
 */
export function matchOwned(
  owned: readonly OwnedEntry[],
  entries: readonly SectionEntry[],
  fingerprint: Fingerprint,
): ReadonlyMap<OwnedEntry, Match> {
  const matches = new Map<OwnedEntry, Match>();
  const taken = new Set<SectionEntry>();
  const usable = entries.filter((entry) => !entry.malformed);

  const pass = (kind: MatchKind, ofOwned: KeyOf<OwnedEntry>, ofEntry: KeyOf<SectionEntry>): void => {
    const open = owned.filter((one) => !matches.has(one));
    if (open.length === 0) return;
    const byKey = new Map<string, SectionEntry[]>();
    for (const entry of usable) {
      if (taken.has(entry) || (kind === 'prefix-missing') !== (entry.prefix === '')) continue;
      const key = ofEntry(entry);
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [entry]);
      else list.push(entry);
    }
    for (const one of open) {
      const entry = byKey.get(ofOwned(one))?.shift();
      if (entry === undefined) continue;
      matches.set(one, { entry, kind });
      taken.add(entry);
    }
  };

  pass(
    'prefix-and-key',
    (one) => one.prefix + SEPARATOR + one.keyFingerprint,
    (entry) => entry.prefix + SEPARATOR + fingerprint(entry.apiKey),
  );
  pass(
    'prefix-and-base-url',
    (one) => one.prefix + SEPARATOR + one.baseUrlFingerprint,
    (entry) => entry.prefix + SEPARATOR + fingerprint(entry.baseUrl),
  );
  pass(
    'prefix-missing',
    (one) => [one.keyFingerprint, one.baseUrlFingerprint, ...[...one.models].sort()].join(SEPARATOR),
    (entry) =>
      [fingerprint(entry.apiKey), fingerprint(entry.baseUrl), ...modelNames(entry).sort()].join(SEPARATOR),
  );
  return matches;
}

/** The model names of an entry, in file order. */
export function modelNames(entry: SectionEntry): string[] {
  return entry.models.map((model) => model.name);
}
