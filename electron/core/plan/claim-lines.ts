import type { Match } from './match-owned.ts';
import type { OwnedEntry } from './owned-entry.ts';
import type { PlanInput } from './plan-input.ts';
import type { WantedEntry } from './wanted-entry.ts';

/**
 * Finds the line of the ledger that each wanted entry goes on with: the one of its profile, or that of a profile
 * that it was renamed from. Lines that nobody claims are of profiles that ask for nothing any more.
 */
export function claimLines(
  input: PlanInput,
  matches: ReadonlyMap<OwnedEntry, Match>,
): ReadonlyMap<WantedEntry, OwnedEntry> {
  const byProfile = new Map(input.owned.map((line) => [line.profile, line]));
  const claims = new Map<WantedEntry, OwnedEntry>();
  for (const wanted of input.wanted) {
    const line = byProfile.get(wanted.profile);
    if (line !== undefined) claims.set(wanted, line);
  }
  for (const [wanted, line] of renames(input, matches)) claims.set(wanted, line);
  return claims;
}

/**
 * A profile was renamed where one of ours is no longer wanted and a new profile asks for the same key and base
 * URL. Its entry then gets the new prefix in place, so that what the user added to it stays. Where the new
 * prefix is not free, the old entry goes and the new profile is judged on its own.
 */
function renames(
  input: PlanInput,
  matches: ReadonlyMap<OwnedEntry, Match>,
): readonly (readonly [WantedEntry, OwnedEntry])[] {
  // The profile that seems gone may be one whose place only the unread registry knows.
  if (!input.worldKnown) return [];
  const orphans = orphansByCredential(input, matches);
  if (orphans.size === 0) return [];
  const owners = new Set(input.owned.map((line) => line.profile));
  const ownPrefixOf = new Map(input.owned.map((line) => [line.prefix, line]));
  const ours = new Set([...matches.values()].map((match) => match.entry));
  const foreignPrefixes = new Set(
    input.entries.filter((entry) => !ours.has(entry)).map((entry) => entry.prefix),
  );

  const found: [WantedEntry, OwnedEntry][] = [];
  for (const wanted of input.wanted) {
    if (owners.has(wanted.profile) || foreignPrefixes.has(wanted.prefix)) continue;
    const lines = orphans.get(`${input.fingerprint(wanted.apiKey)} ${input.fingerprint(wanted.baseUrl)}`);
    const holder = ownPrefixOf.get(wanted.prefix);
    const line = lines?.find((one) => holder === undefined || holder === one);
    if (lines === undefined || line === undefined) continue;
    found.push([wanted, line]);
    lines.splice(lines.indexOf(line), 1);
  }
  return found;
}

/** The lines, with an entry that is surely ours, of profiles that are not there any more. */
function orphansByCredential(
  input: PlanInput,
  matches: ReadonlyMap<OwnedEntry, Match>,
): ReadonlyMap<string, OwnedEntry[]> {
  const asking = new Set(input.wanted.map((wanted) => wanted.profile));
  const orphans = new Map<string, OwnedEntry[]>();
  for (const line of input.owned) {
    const match = matches.get(line);
    if (asking.has(line.profile) || input.unreadable.has(line.profile)) continue;
    if (match === undefined || match.kind === 'prefix-and-base-url') continue;
    const credential = `${line.keyFingerprint} ${line.baseUrlFingerprint}`;
    const lines = orphans.get(credential);
    if (lines === undefined) orphans.set(credential, [line]);
    else lines.push(line);
  }
  return orphans;
}
