import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Plan } from '../plan/plan.ts';
import type { TargetContent } from '../targets/target-text.ts';
import type { Home } from './home.ts';
import type { Ledger, WrittenFacts } from './ledger.ts';
import { planView } from './plan-view.ts';
import type { PlanRequest, PreparedSync } from './prepared-sync.ts';
import { judge } from './wishes.ts';
import type { TargetState } from './target-state.ts';
import type { Surroundings } from './plan-surroundings.ts';

/**
 * Plans a sync of a target and makes its new text, without writing anything.
 * Errors: `target-not-utf8`, `target-refused`, `unknown-profile`.
 */
export async function prepareSync(
  state: TargetState,
  request: PlanRequest,
  surroundings: Surroundings,
): Promise<Result<PreparedSync, AppError>> {
  const { home, world } = surroundings;
  const { ledger } = state.found;
  const known = ledger.written?.fileHash === state.hash ? ledger.written : null;
  // A server's facts stand in its own file, whatever its list says.
  const first = known === null || state.remote !== undefined ? await readByOthers(state) : ok(null);
  if (!first.ok) return first;
  const facts =
    state.remote === undefined && known !== null ? known.facts : writtenFacts(mustBeRead(first.value), home);

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

  const { planAnew } = await import('./plan-anew.ts');
  return planAnew(
    { state, request, ...surroundings },
    { wishes, facts, planFingerprint, content: first.value },
  );
}

/** The parser, and all that edits, is loaded where the hashes prove nothing: it is most of our code. */
async function readByOthers(state: TargetState): Promise<Result<TargetContent, AppError>> {
  const { readContent } = await import('./read-content.ts');
  return readContent(state, 'by-others');
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
