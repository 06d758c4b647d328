import { assertNever } from '../result.ts';
import type { CacheProblem, CatalogFault, CatalogOrigin, Thinking } from '../schema/catalog.ts';
import { describeAgo } from './describe-time.ts';
import { describeReason } from './describe-reason.ts';
import * as m from './generated/messages.js';
import type { Wording } from './wording.ts';

/** Where the models are from, and how old what a proxy said is. */
export function describeOrigin(origin: CatalogOrigin, nowMs: number): string {
  if (origin.kind === 'static') return m.catalog_static();
  const { kind, fetchedMs, from } = origin;
  const ago = describeAgo(fetchedMs, nowMs);
  switch (kind) {
    case 'live':
      return from === null ? m.catalog_live({ ago }) : m.catalog_live_from({ server: from, ago });
    case 'cached':
      return from === null ? m.catalog_cached({ ago }) : m.catalog_cached_from({ server: from, ago });
    case 'stale':
      // A clock that was set back makes it "just now", which it is not.
      if (fetchedMs > nowMs) return m.catalog_stale_future();
      return from === null ? m.catalog_stale({ ago }) : m.catalog_stale_from({ server: from, ago });
    default:
      return assertNever(kind);
  }
}

/** Why nothing came, and what to do. `server`: the remote one that was asked; null: the local proxy. */
export function describeCatalogFault(fault: CatalogFault, server: string | null): Wording {
  return server === null ? localFault(fault) : remoteFault(fault, server);
}

function localFault(fault: CatalogFault): Wording {
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
    // The second is of remote servers alone.
    case 'tls-failed':
    case 'plain-http':
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

function remoteFault(fault: CatalogFault, server: string): Wording {
  switch (fault) {
    // The first three are of the local proxy alone.
    case 'no-config':
    case 'not-running':
    case 'other-program':
    case 'unreachable':
      return { what: m.catalog_remote_unreachable({ server }), next: m.catalog_remote_unreachable_next() };
    case 'no-key':
      return { what: m.catalog_remote_no_key({ server }), next: m.catalog_remote_key_next() };
    case 'api-off':
      return { what: m.catalog_remote_api_off({ server }), next: m.catalog_remote_api_off_next() };
    case 'refused':
      return { what: m.catalog_remote_refused({ server }), next: m.catalog_remote_refused_next() };
    case 'forbidden':
      return { what: m.catalog_remote_forbidden({ server }), next: m.catalog_forbidden_next() };
    case 'no-answer':
      return { what: m.catalog_remote_no_answer({ server }), next: m.catalog_try_again_next() };
    case 'tls-failed':
      return { what: m.catalog_remote_tls_failed({ server }), next: m.catalog_remote_test_next() };
    case 'plain-http':
      return { what: m.catalog_remote_plain_http({ server }), next: m.catalog_remote_plain_http_next() };
    case 'server-error':
      return { what: m.catalog_remote_server_error({ server }), next: m.catalog_try_again_next() };
    case 'bad-answer':
      return { what: m.catalog_remote_bad_answer({ server }), next: m.catalog_bad_answer_next() };
    case 'empty':
      return { what: m.catalog_remote_empty({ server }), next: m.catalog_bad_answer_next() };
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

/**
 * How a model can be told to think, in short: `low, high`, `1,024-64,000 tokens`; null where nobody says. `locale`: how
 * numbers are written.
 */
export function describeThinking(thinking: Thinking | null, locale: string): string | null {
  if (thinking === null) return null;
  const { budget, levels } = thinking;
  const listed = levels.join(m.list_separator());
  if (budget === null) return listed === '' ? m.catalog_thinking_none() : listed;
  const tokens = budgetWords(budget, locale);
  return listed === '' ? tokens : m.catalog_thinking_both({ levels: listed, tokens });
}

function budgetWords({ min, max }: NonNullable<Thinking['budget']>, locale: string): string {
  const from = (min ?? 0).toLocaleString(locale);
  return max === null
    ? m.catalog_thinking_from({ from })
    : m.catalog_thinking_budget({ from, to: max.toLocaleString(locale) });
}
