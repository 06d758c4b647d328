import { assertNever } from '../result.ts';
import type { CacheProblem, CatalogFault, CatalogOrigin, Thinking } from '../schema/catalog.ts';
import { describeAgo } from './describe-time.ts';
import { describeReason } from './describe-reason.ts';
import * as m from './generated/messages.js';
import type { Wording } from './wording.ts';

/** Where the models are from, and how old what the proxy said is. */
export function describeOrigin(origin: CatalogOrigin, nowMs: number): string {
  switch (origin.kind) {
    case 'live':
      return m.catalog_live({ ago: describeAgo(origin.fetchedMs, nowMs) });
    case 'cached':
      return m.catalog_cached({ ago: describeAgo(origin.fetchedMs, nowMs) });
    case 'stale':
      // A clock that was set back makes it "just now", which it is not.
      return origin.fetchedMs > nowMs
        ? m.catalog_stale_future()
        : m.catalog_stale({ ago: describeAgo(origin.fetchedMs, nowMs) });
    case 'static':
      return m.catalog_static();
    default:
      return assertNever(origin);
  }
}

/** Why the proxy brought nothing, and what to do. */
export function describeCatalogFault(fault: CatalogFault): Wording {
  switch (fault) {
    case 'no-config':
      return { what: m.catalog_no_config(), next: m.catalog_no_config_next() };
    case 'not-running':
      return { what: m.catalog_not_running(), next: m.catalog_not_running_next() };
    case 'unreachable':
      return { what: m.catalog_unreachable(), next: m.catalog_unreachable_next() };
    case 'other-program':
      return { what: m.catalog_other_program(), next: m.catalog_other_program_next() };
    case 'no-key':
      return { what: m.catalog_no_key(), next: m.catalog_no_key_next() };
    case 'api-off':
      return { what: m.catalog_api_off(), next: m.catalog_api_off_next() };
    case 'refused':
      return { what: m.catalog_refused(), next: m.catalog_refused_next() };
    case 'forbidden':
      return { what: m.catalog_forbidden(), next: m.catalog_forbidden_next() };
    case 'no-answer':
      return { what: m.catalog_no_answer(), next: m.catalog_try_again_next() };
    case 'tls-failed':
      return { what: m.catalog_tls_failed(), next: m.catalog_tls_failed_next() };
    case 'server-error':
      return { what: m.catalog_server_error(), next: m.catalog_try_again_next() };
    case 'bad-answer':
      return { what: m.catalog_bad_answer(), next: m.catalog_bad_answer_next() };
    case 'empty':
      return { what: m.catalog_empty(), next: m.catalog_bad_answer_next() };
    default:
      return assertNever(fault);
  }
}

export function describeCacheProblem(problem: CacheProblem): string {
  switch (problem.code) {
    case 'broken':
      return problem.keptAs === null
        ? m.catalog_cache_broken({ path: problem.path })
        : m.catalog_cache_set_aside({ path: problem.path, kept: problem.keptAs });
    case 'unreadable':
      return m.catalog_cache_unreadable({ path: problem.path, reason: describeReason(problem.reason) });
    case 'unwritable':
      return m.catalog_cache_unwritable({ path: problem.path, reason: describeReason(problem.reason) });
    default:
      return assertNever(problem);
  }
}

/** How a model can be told to think, in short: `low, high`, `1,024-64,000 tokens`; null where nobody says. */
export function describeThinking(thinking: Thinking | null): string | null {
  if (thinking === null) return null;
  const { budget, levels } = thinking;
  const parts = [
    ...(levels.length > 0 ? [levels.join(', ')] : []),
    ...(budget === null ? [] : [budgetWords(budget)]),
  ];
  return parts.length === 0 ? m.catalog_thinking_none() : parts.join('; ');
}

function budgetWords({ min, max }: NonNullable<Thinking['budget']>): string {
  const from = min?.toLocaleString('en') ?? '0';
  return max === null
    ? m.catalog_thinking_from({ from })
    : m.catalog_thinking_budget({ from, to: max.toLocaleString('en') });
}
