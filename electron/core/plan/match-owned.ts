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

const SEPARATOR = '\u0000';

/**
 * Finds the target's entry of each owned one, each entry at most once (docs/decisions/0002). Owned entries
 * that are not in the result are no longer in the target.
 */
export function matchOwned(
  owned: readonly OwnedEntry[],
  entries: readonly SectionEntry[],
  fingerprint: Fingerprint,
): ReadonlyMap<OwnedEntry, Match> {
  const matches = new Map<OwnedEntry, Match>();
  if (owned.length === 0) return matches;
  const byPrefix = groupBy(
    entries.filter((entry) => !entry.malformed),
    (entry) => entry.prefix,
  );
  for (const line of owned) {
    const match = mostAlike(line, byPrefix.get(line.prefix) ?? [], fingerprint);
    if (match !== null) matches.set(line, match);
  }
  if (matches.size === owned.length) return matches;

  const byContent = groupBy(byPrefix.get('') ?? [], (entry) =>
    contentOf(fingerprint(entry.apiKey), fingerprint(entry.baseUrl), modelNames(entry)),
  );
  for (const line of owned) {
    if (matches.has(line)) continue;
    const content = contentOf(line.keyFingerprint, line.baseUrlFingerprint, line.models);
    const entry = byContent.get(content)?.shift();
    if (entry !== undefined) matches.set(line, { entry, kind: 'prefix-missing' });
  }
  return matches;
}

/** The model names of an entry, in file order. */
export function modelNames(entry: SectionEntry): string[] {
  return entry.models.map((model) => model.name);
}

/**
 * Of the entries with a line's prefix, the one that is ours. There should be one only; of several the most alike
 * is taken, so that one of others never passes for ours once ours has got that one's key.
 */
function mostAlike(
  line: OwnedEntry,
  candidates: readonly SectionEntry[],
  fingerprint: Fingerprint,
): Match | null {
  let best: Match | null = null;
  let bestRank = 0;
  for (const entry of candidates) {
    const sameKey = fingerprint(entry.apiKey) === line.keyFingerprint;
    const sameUrl = fingerprint(entry.baseUrl) === line.baseUrlFingerprint;
    if (!sameKey && !sameUrl) continue;
    const names = new Set(modelNames(entry));
    const rank =
      (sameKey ? 4 : 0) + (sameUrl ? 2 : 0) + (line.models.every((name) => names.has(name)) ? 1 : 0);
    if (rank <= bestRank) continue;
    best = { entry, kind: sameKey ? 'prefix-and-key' : 'prefix-and-base-url' };
    bestRank = rank;
  }
  return best;
}

function contentOf(key: string, baseUrl: string, models: readonly string[]): string {
  return [key, baseUrl, ...[...models].sort()].join(SEPARATOR);
}

function groupBy(
  entries: readonly SectionEntry[],
  keyOf: (entry: SectionEntry) => string,
): Map<string, SectionEntry[]> {
  const groups = new Map<string, SectionEntry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}
