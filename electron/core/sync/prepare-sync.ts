import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { PlanView } from '../../../shared/schema/plan.ts';
import { type Plan, plan } from '../plan/plan.ts';
import { readTargetText, type TargetContent } from '../targets/target-text.ts';
import { editContent } from './edit-content.ts';
import type { Home } from './home.ts';
import type { Ledger, WrittenFacts } from './ledger.ts';
import { homeMark } from './ledger-file.ts';
import { planView } from './plan-view.ts';
import { sectionEdits } from './section-edits.ts';
import { judge, type Wishes } from './wishes.ts';
import type { TargetState } from './target-state.ts';
import type { World } from './world.ts';

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

/**
 * Plans a sync of the local file and makes its new text, without writing anything.
 * Errors: `target-not-utf8`, `target-refused`, `unknown-profile`.
 */
export function prepareSync(
  state: TargetState,
  request: PlanRequest,
  surroundings: { readonly world: World; readonly home: Home },
): Result<PreparedSync, AppError> {
  const { home, world } = surroundings;
  const { ledger } = state.found;
  const known = ledger.written?.fileHash === state.hash ? ledger.written : null;
  const first = known === null ? readTargetText(state.path, state.bytes, 'by-others') : ok(null);
  if (!first.ok) return first;
  const facts = known?.facts ?? writtenFacts(mustBeRead(first.value), home);

  const wishes = judge(surroundings, facts, ledger);
  const unknown = request.only?.find((name) => !wishes.names.has(name));
  if (unknown !== undefined) return err({ code: 'unknown-profile', name: unknown });
  const planFingerprint = home.fingerprint(
    JSON.stringify([wishes.wanted, [...wishes.unreadable], [...wishes.skipped], world.registry]),
  );
  const base = { wishes, facts };
  if (known !== null && known.planFingerprint === planFingerprint && request.only === null) {
    const nothing = nothingToDo(ledger);
    const view = planView(nothing, wishes, { state, ...surroundings });
    return ok({
      ...base,
      plan: nothing,
      view,
      content: null,
      newText: null,
      nextLedger: ledger,
      planFingerprint,
    });
  }

  const second = first.value === null ? readTargetText(state.path, state.bytes, 'by-us') : ok(first.value);
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
    fingerprint: home.fingerprint,
  });
  const origin = ledger.entries.length === 0 ? null : ledger.origin;
  const changed = editContent(content, sectionEdits(made.operations), { path: state.path, origin });
  if (!changed.ok) return changed;
  const { newText } = changed.value;
  return ok({
    ...base,
    plan: made,
    view: planView(made, wishes, { state, ...surroundings }),
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

function mustBeRead(content: TargetContent | null): TargetContent {
  if (content === null) throw new Error('The facts of a text that was not read');
  return content;
}

/** The facts of a configuration as the ledger keeps them: without a key. */
export function writtenFacts(content: TargetContent, home: Home): WrittenFacts {
  const { host, port, tls, apiKeys } = content.facts;
  const shown = apiKeys.map((key) => ({ length: key.length, fingerprint: home.fingerprint(key) }));
  return { host, port, tls, apiKeys: shown };
}

function nothingToDo(ledger: Ledger): Plan {
  return {
    operations: [],
    skips: [],
    warnings: [],
    consent: [],
    nextOwned: ledger.entries,
    nextHolds: ledger.holds,
  };
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
