import type { OperationView } from '../../../shared/schema/plan.ts';
import type { AutoSyncState, Fight } from '../../../shared/schema/state.ts';
import type { StatusReport } from '../../../shared/schema/status.ts';

/** What follows by itself from a look at everything. */
export type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'sync'; readonly only: readonly string[] | null; readonly profiles: number };

const NOTHING: Step = { kind: 'nothing' };

export interface Look {
  readonly report: Pick<StatusReport, 'state' | 'plan'>;
  readonly autoSync: AutoSyncState;
  readonly fights: readonly Fight[];
}

/**
 * Decides whether to sync without having been asked to: not while that is off or paused, not what needs a person's
 * consent, and not the profiles that are fought over.
 */
export function decideStep({ report, autoSync, fights }: Look): Step {
  const { plan, state } = report;
  if (!autoSync.enabled || autoSync.pausedUntilMs !== null) return NOTHING;
  if (state === 'released' || plan.consent.length > 0) return NOTHING;
  const fought = new Set(fights.map(({ profile }) => profile));
  const names = changingProfiles(plan.operations).filter((name) => !fought.has(name));
  if (names.length === 0) return NOTHING;
  return { kind: 'sync', only: fought.size === 0 ? null : names, profiles: names.length };
}

/** The profiles whose entries a plan changes, without those that are left or put to review. */
export function changingProfiles(operations: readonly OperationView[]): readonly string[] {
  const changing = operations.filter(({ op }) => op !== 'leave' && op !== 'review');
  return [...new Set(changing.map(({ profile }) => profile))];
}
