import type { SkipReason } from '../../../shared/schema/skip.ts';
import type { WantedEntry } from '../plan/wanted-entry.ts';
import { judgeProfiles, type JudgedProfile } from '../profiles/judge-profile.ts';
import type { Ledger, WrittenFacts } from './ledger.ts';
import type { Surroundings } from './plan-surroundings.ts';
import { portOf } from './remote-place.ts';

/** What the profiles ask of one target. */
export interface Wishes {
  readonly judged: readonly JudgedProfile[];
  readonly wanted: readonly WantedEntry[];
  /** Profiles that can't be read right now: what stands of them stays. */
  readonly unreadable: ReadonlySet<string>;
  readonly skipped: ReadonlyMap<string, SkipReason['code']>;
  /** Every name that a person may mean: profiles that are there, and those that we own an entry of. */
  readonly names: ReadonlySet<string>;
}

/** Decides for each profile whether it is synced to the target that has these facts. */
export function judge(
  surroundings: Omit<Surroundings, 'remote'> & Partial<Pick<Surroundings, 'remote'>>,
  facts: WrittenFacts,
  ledger: Ledger,
): Wishes {
  const { world, home, remote = null } = surroundings;
  const owners = new Map(ledger.entries.map((owned) => [owned.prefix, owned.profile]));
  const judged = judgeProfiles(world.snapshot, {
    excluded: new Set(home.memory.excluded),
    chosen: remote?.target.profiles == null ? null : new Set(remote.target.profiles),
    proxy: {
      host: facts.host,
      port: facts.port,
      reachedAt: remote === null ? null : { host: facts.host, port: portOf(remote.target.url) },
      isClientKey: (token) =>
        facts.apiKeys.some(
          ({ length, fingerprint }) => length === token.length && fingerprint === home.fingerprint(token),
        ),
    },
    ownerOfPrefix: (prefix) => owners.get(prefix) ?? null,
  });
  const wanted: WantedEntry[] = [];
  const unreadable = new Set<string>();
  const skipped = new Map<string, SkipReason['code']>();
  for (const profile of judged) {
    if (profile.wanted !== null) wanted.push(profile.wanted);
    else if (profile.skip.code === 'unreadable') unreadable.add(profile.name);
    else skipped.set(profile.name, profile.skip.code);
  }
  const names = new Set([...judged.map(({ name }) => name), ...ledger.entries.map(({ profile }) => profile)]);
  return { judged, wanted, unreadable, skipped, names };
}
