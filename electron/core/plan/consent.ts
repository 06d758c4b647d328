import type { ConsentReason, Operation } from './operation.ts';
import type { PlanInput } from './plan-input.ts';

/** From this many owned entries on, a plan that removes more than half of them asks. */
const MASS_REMOVAL_FROM = 4;

/** What of a plan must be agreed to by a person first (docs/decisions/0002). */
export function consentReasons(
  input: PlanInput,
  change: {
    readonly operations: readonly Operation[];
    /** How many entries of ours the target holds before it. */
    readonly standing: number;
    /** How many entries stay somebody else's. */
    readonly foreign: number;
  },
): readonly ConsentReason[] {
  const { operations, standing: owned, foreign } = change;
  const reasons: ConsentReason[] = [];
  const writes = operations.some(({ op }) => op !== 'leave' && op !== 'review');
  if (input.asksFirst === true && input.ledger !== 'known' && foreign > 0 && writes)
    reasons.push({ code: 'first-sync', entries: foreign });
  if (input.asksFirst === true) {
    // Nothing tells a forgotten entry of our own from one that another machine keeps: two keepers would undo each other.
    const profiles = operations.filter(({ op }) => op === 'adopt').map(({ profile }) => profile);
    if (profiles.length > 0) reasons.push({ code: 'adoption', profiles });
  }
  const removed = operations.filter((operation) => operation.op === 'remove').length;
  if (owned >= MASS_REMOVAL_FROM && removed > owned / 2)
    reasons.push({ code: 'mass-removal', removed, owned });
  if (input.forceModelPrefix) {
    // Such an entry answers to bare names today; with a prefix it would only answer to prefixed ones.
    const profiles = operations
      .filter((operation) => operation.op === 'adopt' && operation.set.prefix !== undefined)
      .map((operation) => operation.profile);
    if (profiles.length > 0) reasons.push({ code: 'force-model-prefix', profiles });
  }
  return reasons;
}
