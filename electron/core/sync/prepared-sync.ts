import type { PlanView } from '../../../shared/schema/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { TargetContent } from '../targets/target-text.ts';
import type { Ledger, WrittenFacts } from './ledger.ts';
import type { Wishes } from './wishes.ts';

/** Which profiles a sync is about, and whether a person agreed to what needs consent. */
export interface PlanRequest {
  readonly only: readonly string[] | null;
  readonly accepted: boolean;
}

/** A plan with all that carrying it out needs. */
export interface PreparedSync {
  readonly plan: Plan;
  readonly view: PlanView;
  readonly wishes: Wishes;
  /** Null where hashes alone proved that there is nothing to do: the file was not even parsed. */
  readonly content: TargetContent | null;
  /** The file's new text; null where it stays as it is. */
  readonly newText: string | null;
  /** Its `lastRecord` and `written` are still those from before. */
  readonly nextLedger: Ledger;
  readonly facts: WrittenFacts;
  /** What makes an equal plan again; null where this one left something to say. */
  readonly planFingerprint: string | null;
}
