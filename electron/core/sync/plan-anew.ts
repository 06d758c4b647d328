import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Plan, plan } from '../plan/plan.ts';
import type { TargetContent } from '../targets/target-text.ts';
import { editContent } from './edit-content.ts';
import type { WrittenFacts } from './ledger.ts';
import { homeMark } from './ledger-file.ts';
import type { Surroundings } from './plan-surroundings.ts';
import { planView } from './plan-view.ts';
import type { PlanRequest, PreparedSync } from './prepared-sync.ts';
import { readContent } from './read-content.ts';
import { sectionEdits } from './section-edits.ts';
import type { TargetState } from './target-state.ts';
import type { Wishes } from './wishes.ts';

interface Planned extends Surroundings {
  readonly state: TargetState;
  readonly request: PlanRequest;
}

/** What is known by the time that a new plan turns out to be needed. */
interface Earlier {
  readonly wishes: Wishes;
  readonly facts: WrittenFacts;
  readonly planFingerprint: string;
  /** Null where the text was not read yet, since we wrote it. */
  readonly content: TargetContent | null;
}

/** The part of `prepareSync` that plans and edits, loaded on its own. Errors: `target-not-utf8`, `target-refused`. */
export function planAnew(
  { state, request, world, home, remote }: Planned,
  earlier: Earlier,
): Result<PreparedSync, AppError> {
  const { wishes, facts, planFingerprint } = earlier;
  const { ledger } = state.found;
  const second = earlier.content === null ? readContent(state, 'by-us') : ok(earlier.content);
  if (!second.ok) return second;
  const content = second.value;
  const made = plan({
    ...wishes,
    worldKnown: world.registry !== 'unknown',
    entries: content.entries,
    owned: ledger.entries,
    holds: ledger.holds,
    // Until all that may be ours has been reviewed, the plan goes on asking as it did without a ledger.
    ledger: state.found.state === 'known' && ledger.recovering ? 'none' : state.found.state,
    forceModelPrefix: content.facts.forceModelPrefix,
    otherModelNames: new Set([...content.facts.otherModelNames, ...world.loginNames(content.facts.authDir)]),
    only: request.only === null ? null : new Set(request.only),
    accepted: request.accepted,
    asksFirst: remote !== null,
    fingerprint: home.fingerprint,
  });
  const origin = ledger.entries.length === 0 ? null : ledger.origin;
  const changed = editContent(content, sectionEdits(made.operations), { path: state.path, origin });
  if (!changed.ok) return changed;
  const { newText } = changed.value;
  return ok({
    wishes,
    facts,
    plan: made,
    view: planView(made, wishes, { state, world, home }),
    content,
    newText,
    nextLedger: {
      ...ledger,
      home: homeMark(home.fingerprint),
      entries: made.nextOwned,
      holds: made.nextHolds,
      origin: made.nextOwned.length === 0 ? null : (changed.value.origin ?? { kind: 'entries' }),
      released: false,
      recovering:
        ledger.recovering && (request.only !== null || made.operations.some(({ op }) => op === 'review')),
    },
    // A plan for some profiles proves nothing of the others.
    planFingerprint: request.only !== null || leavesSomethingToSay(made) ? null : planFingerprint,
  });
}

/** Whether the same plan made again would still tell a person something: then it must be made again. */
function leavesSomethingToSay(made: Plan): boolean {
  return (
    made.skips.length > 0 ||
    made.nextHolds.length > 0 ||
    made.operations.some(({ op }) => op === 'leave' || op === 'review') ||
    made.warnings.some(({ code }) => code === 'prefix-shared')
  );
}
