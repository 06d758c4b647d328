import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ProfileStanding } from '../../../shared/schema/state.ts';
import { fingerprintOfWanted, ownedEntryOf } from '../plan/fingerprints.ts';
import type { OwnedEntry } from '../plan/owned-entry.ts';
import type { Ledger, WrittenFacts } from './ledger.ts';
import { readLedger } from './ledger-file.ts';
import { portOf } from './remote-place.ts';
import type { SyncContext } from './sync-context.ts';
import { judge } from './wishes.ts';
import { locateTarget, readWorld } from './world.ts';

/** What a remote server lacks, as far as we remember it. */
export interface Waiting {
  /** How many profiles stand otherwise in our memory of it than they ask for. */
  readonly waiting: number;
  readonly profiles: readonly ProfileStanding[];
}

/**
 * Compares what the profiles ask of a remote server with what we wrote there last, without asking it: all that can be
 * known while it is away. Errors: `unknown-target`, those of reading the profiles.
 */
export async function waitingFor(context: SyncContext, id: string): Promise<Result<Waiting, AppError>> {
  const target = await locateTarget(context, id);
  if (!target.ok) return target;
  const { home, place, remote } = target.value;
  const found = readLedger(place.ledger, home.fingerprint);
  if (!found.ok) return found;
  const { ledger } = found.value;
  const world = await readWorld(target.value, ledger);
  if (!world.ok) return world;
  const facts = ledger.written?.facts ?? factsOfUrl(place.path);
  const { judged, wanted, unreadable } = judge({ world: world.value, home, remote }, facts, ledger);
  const lines = new Map(ledger.entries.map((line) => [line.profile, line]));
  const held = heldProfiles(ledger);
  const standings = judged.map((profile): ProfileStanding => {
    if (profile.wanted === null) return { name: profile.name, state: 'skipped', reason: profile.skip };
    const isHeld = held.get(profile.name) === fingerprintOfWanted(profile.wanted, home.fingerprint);
    const isThere = sameLine(lines.get(profile.name), ownedEntryOf(profile.wanted, home.fingerprint));
    return { name: profile.name, state: isHeld ? 'held' : isThere ? 'synced' : 'pending', reason: null };
  });
  const asking = new Set([...wanted.map(({ profile }) => profile), ...unreadable]);
  const leaving = ledger.entries.filter(({ profile }) => !asking.has(profile) && !held.has(profile)).length;
  return ok({
    waiting: standings.filter(({ state }) => state === 'pending').length + leaving,
    profiles: standings,
  });
}

function heldProfiles({ holds }: Ledger): ReadonlyMap<string, string> {
  return new Map(holds.map(({ profile, wantedFingerprint }) => [profile, wantedFingerprint]));
}

function sameLine(line: OwnedEntry | undefined, next: OwnedEntry): boolean {
  return line !== undefined && JSON.stringify(line) === JSON.stringify(next);
}

/** All that is known of a server that was never read. */
function factsOfUrl(url: string): WrittenFacts {
  return { host: new URL(url).hostname, port: portOf(url), tls: url.startsWith('https:'), apiKeys: [] };
}
