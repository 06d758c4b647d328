import { fingerprintOfWanted } from './fingerprints.ts';
import type { Hold } from './owned-entry.ts';
import type { PlanInput } from './plan-input.ts';

/**
 * The holds that still count: one ends when its profile asks for something else or is gone, or when a person
 * syncs it by name (docs/decisions/0002). While a profile can't be read, or nothing is known of the world,
 * its hold stays.
 */
export function livingHolds(input: PlanInput): readonly Hold[] {
  if (input.holds.length === 0) return input.holds;
  const names = new Set(input.holds.map((hold) => hold.profile));
  const asked = new Map(
    input.wanted
      .filter((wanted) => names.has(wanted.profile))
      .map((wanted) => [wanted.profile, fingerprintOfWanted(wanted, input.fingerprint)]),
  );
  return input.holds.filter((hold) => {
    if (input.only?.has(hold.profile) === true) return false;
    const asksFor = asked.get(hold.profile);
    if (asksFor === undefined) return input.unreadable.has(hold.profile) || !input.worldKnown;
    return asksFor === hold.wantedFingerprint;
  });
}
