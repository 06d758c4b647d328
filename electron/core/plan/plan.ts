import type { SkipReason } from '../../../shared/schema/skip.ts';
import { claimLines } from './claim-lines.ts';
import { consentReasons } from './consent.ts';
import { ForeignEntries } from './foreign-entries.ts';
import { livingHolds } from './holds.ts';
import { changedByHand, leftoverStep, whyKept } from './leftover-step.ts';
import { type Match, matchOwned } from './match-owned.ts';
import type { ConsentReason, Operation, PlanWarning } from './operation.ts';
import type { Hold, OwnedEntry } from './owned-entry.ts';
import type { PlanInput } from './plan-input.ts';
import { wholeTargetWarnings } from './plan-warnings.ts';
import type { WantedEntry } from './wanted-entry.ts';
import { type Step, type Surroundings, wantedStep } from './wanted-step.ts';

export interface Plan {
  readonly operations: readonly Operation[];
  /** Profiles that are skipped because of what the target holds. */
  readonly skips: readonly { readonly profile: string; readonly reason: SkipReason }[];
  readonly warnings: readonly PlanWarning[];
  /** Not empty: nothing of this plan may be written before a person agreed. */
  readonly consent: readonly ConsentReason[];
  /** The ledger's entries and holds once the plan is carried out. */
  readonly nextOwned: readonly OwnedEntry[];
  readonly nextHolds: readonly Hold[];
}

/**
 * Compares what the profiles ask for with what a target holds and with what of that is ours, and says what is to
 * be done. Preview, dry run, tray and sync share its result (docs/decisions/0002).
 */
export function plan(input: PlanInput): Plan {
  const matches = matchOwned(input.owned, input.entries, input.fingerprint);
  const claims = claimLines(input, matches);
  const nextHolds = livingHolds(input);
  const around = surroundings(input, {
    matches,
    claims,
    held: new Set(nextHolds.map((hold) => hold.profile)),
  });

  const steps: Step[] = [];
  const skips: { profile: string; reason: SkipReason }[] = [];
  const settled = new Map<OwnedEntry, OwnedEntry | null>();
  const added: OwnedEntry[] = [];
  for (const wanted of input.wanted) {
    const owned = claims.get(wanted) ?? null;
    const entry = owned === null ? null : (matches.get(owned)?.entry ?? null);
    const step = wantedStep({ wanted, owned, entry }, around);
    steps.push(step);
    if (step.skip !== undefined) skips.push({ profile: wanted.profile, reason: step.skip });
    if (owned !== null) settled.set(owned, step.owned);
    else if (step.owned !== null) added.push(step.owned);
  }
  for (const owned of input.owned) {
    if (settled.has(owned)) continue;
    const match = matches.get(owned);
    const step = leftoverStep({ owned, match }, input, input.skipped.get(owned.profile) ?? 'profile-gone');
    // An entry that is the user's since its key was changed may just have become another profile's.
    const isElses = changedByHand(match) && step.owned === null && !around.foreign.left.has(match.entry);
    if (!isElses) steps.push(step);
    settled.set(owned, step.owned);
  }

  const operations = steps.flatMap((step) => step.operation ?? []);
  const nextOwned = [...input.owned.flatMap((owned) => settled.get(owned) ?? []), ...added];
  return {
    operations,
    skips,
    warnings: [
      ...steps.flatMap((step) => step.warning ?? []),
      ...wholeTargetWarnings(input, { operations, nextOwned, foreign: around.foreign }),
    ],
    consent: input.accepted
      ? []
      : consentReasons(input, {
          operations,
          standing: matches.size,
          foreign: around.foreign.left.size,
        }),
    nextOwned,
    nextHolds,
  };
}

/** Tells apart what this plan may use from what it must work around. */
function surroundings(
  input: PlanInput,
  found: {
    readonly matches: ReadonlyMap<OwnedEntry, Match>;
    readonly claims: ReadonlyMap<WantedEntry, OwnedEntry>;
    readonly held: ReadonlySet<string>;
  },
): Surroundings {
  const { matches, claims, held } = found;
  const ours = new Set([...matches.values()].map((match) => match.entry));
  const reserved = new Map<string, string>();
  const claimed = new Set<OwnedEntry>();
  for (const [{ profile }, line] of claims) {
    claimed.add(line);
    const isActive = !held.has(profile) && (input.only === null || input.only.has(profile));
    if (!isActive) reserved.set(line.prefix, line.profile);
  }
  for (const line of input.owned) {
    if (claimed.has(line)) continue;
    const match = matches.get(line);
    if (whyKept(line.profile, input) !== null) reserved.set(line.prefix, line.profile);
    else if (changedByHand(match)) ours.delete(match.entry);
  }
  return {
    input,
    foreign: new ForeignEntries(input.entries.filter((entry) => !ours.has(entry))),
    held,
    reserved,
  };
}
