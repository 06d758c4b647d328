import { assertNever } from '../result.ts';
import type { OperationView } from '../schema/plan.ts';
import type { SyncReport } from '../schema/sync.ts';
import * as m from './generated/messages.js';
import { shellCommand } from './shell-word.ts';
import type { Observation } from './wording.ts';

/** What a sync came to, in one line, and what the user can do where it leaves something to do. */
export function describeOutcome(report: SyncReport): Observation {
  const counts = countsOf(report);
  const more = leftoverOf(counts);
  switch (report.outcome) {
    case 'in-sync':
      return withMore(inSyncWords(counts), more);
    case 'written':
      return withMore(writtenWords(counts), more);
    case 'adopted':
      return withMore(
        counts.adopted > 0 ? m.outcome_adopted({ count: counts.adopted }) : inSyncWords(counts),
        more,
      );
    case 'planned':
      return withMore(
        plannedWords(counts),
        report.plan.consent.length > 0 ? { next: m.outcome_review_next() } : more,
      );
    case 'needs-consent':
      return {
        what: m.outcome_review({ count: counts.changed + counts.adopted + counts.review }),
        next: m.outcome_review_next(),
      };
    case 'released': {
      const command = shellCommand('cliproxy-sync', 'sync', '--target', report.target.id);
      return { what: m.outcome_released(), next: m.outcome_released_next({ command }) };
    }
    default:
      return assertNever(report.outcome);
  }
}

interface Counts {
  /** Profiles that the target holds as they ask for, once the plan is carried out. */
  readonly synced: number;
  readonly changed: number;
  readonly removed: number;
  /** Taken for ours without a change. */
  readonly adopted: number;
  readonly held: number;
  readonly waiting: number;
  readonly review: number;
}

function countsOf({ syncable, plan }: SyncReport): Counts {
  const count = (test: (operation: OperationView) => boolean): number => plan.operations.filter(test).length;
  const held = plan.held.length;
  const waiting = count(({ op, why }) => op === 'leave' && why === 'world-unknown');
  const review = count(({ op }) => op === 'review');
  return {
    synced: Math.max(0, syncable - held - waiting - review),
    changed: count((operation) => changesFile(operation) && operation.op !== 'review'),
    removed: count(({ op }) => op === 'remove'),
    adopted: count((operation) => operation.op === 'adopt' && !changesFile(operation)),
    held,
    waiting,
    review,
  };
}

function changesFile({ op, diff }: OperationView): boolean {
  switch (op) {
    case 'add':
    case 'update':
    case 'remove':
    case 'restore':
    case 'review':
      return true;
    case 'adopt':
      return diff.length > 0;
    case 'leave':
      return false;
    default:
      return assertNever(op);
  }
}

function inSyncWords({ synced, held, waiting, review }: Counts): string {
  const isEmpty = synced === 0 && held + waiting + review === 0;
  return isEmpty ? m.outcome_no_profiles() : m.outcome_in_sync({ count: synced });
}

function writtenWords({ synced, removed, held, waiting, review }: Counts): string {
  const isEmpty = synced === 0 && held + waiting + review === 0;
  return isEmpty && removed > 0 ? m.outcome_none_left({ removed }) : m.outcome_synced({ count: synced });
}

function plannedWords(counts: Counts): string {
  if (counts.changed > 0) return m.outcome_would_change({ count: counts.changed });
  return counts.adopted > 0 ? m.outcome_would_adopt({ count: counts.adopted }) : inSyncWords(counts);
}

/** What is not done, and what ends that. */
interface Leftover {
  readonly more?: string;
  readonly next: string | null;
}

function leftoverOf({ held, waiting, review }: Counts): Leftover {
  if (review > 0) return { more: m.outcome_more_review({ count: review }), next: m.outcome_review_next() };
  if (waiting > 0)
    return { more: m.outcome_more_waiting({ count: waiting }), next: m.outcome_more_waiting_next() };
  return held > 0
    ? { more: m.outcome_more_held({ count: held }), next: m.outcome_more_held_next() }
    : { next: null };
}

function withMore(outcome: string, { more, next }: Leftover): Observation {
  return { what: more === undefined ? outcome : m.outcome_and_more({ outcome, more }), next };
}
