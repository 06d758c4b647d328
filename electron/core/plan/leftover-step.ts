import type { Match } from './match-owned.ts';
import type { RemovalCause } from './operation.ts';
import type { OwnedEntry } from './owned-entry.ts';
import type { PlanInput } from './plan-input.ts';
import type { Step } from './wanted-step.ts';

/** An owned entry that no profile asks for any more. */
export interface Leftover {
  readonly owned: OwnedEntry;
  readonly match: Match | undefined;
}

/** Why a leftover stays ours as it is; null where it is to be dealt with now. */
export function whyKept(
  profile: string,
  input: PlanInput,
): 'not-named' | 'unreadable' | 'world-unknown' | null {
  if (input.only !== null && !input.only.has(profile)) return 'not-named';
  if (input.unreadable.has(profile)) return 'unreadable';
  return input.worldKnown ? null : 'world-unknown';
}

/** An entry of ours whose key was changed by hand is not surely ours any more. */
export function changedByHand(
  match: Match | undefined,
): match is Match & { readonly kind: 'prefix-and-base-url' } {
  return match?.kind === 'prefix-and-base-url';
}

/**
 * Decides what becomes of an entry of ours that no profile asks for. It goes only where it is surely ours; where
 * its key was changed by hand it is left and forgotten; while the profile can't be read, or nothing is known of
 * the world, it stays ours and stays.
 */
export function leftoverStep({ owned, match }: Leftover, input: PlanInput, cause: RemovalCause): Step {
  const { profile } = owned;
  const kept = whyKept(profile, input);
  if (kept === 'not-named') return { owned };
  if (kept !== null)
    return { operation: { op: 'leave', profile, entry: match?.entry ?? null, why: kept }, owned };
  if (match === undefined) return { owned: null };
  if (changedByHand(match)) {
    return {
      operation: { op: 'leave', profile, entry: match.entry, why: 'changed-by-hand' },
      warning: { code: 'changed-by-hand', profile, line: match.entry.line },
      owned: null,
    };
  }
  return { operation: { op: 'remove', profile, entry: match.entry, cause }, owned: null };
}
