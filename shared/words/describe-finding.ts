import { assertNever } from '../result.ts';
import type { Finding } from '../schema/finding.ts';
import { describeError } from './describe-error.ts';
import { describeProxy } from './describe-proxy.ts';
import { describeSkip } from './describe-skip.ts';
import { describeWarning } from './describe-warning.ts';
import * as m from './generated/messages.js';
import { listNames } from './list-names.ts';
import { shellCommand } from './shell-word.ts';
import type { Observation } from './wording.ts';

/** What `doctor` found, and how to mend it. */
export function describeFinding(finding: Finding): Observation {
  switch (finding.code) {
    case 'error':
      return describeError(finding.error);
    case 'skipped': {
      const { why, fix } = describeSkip(finding.reason, finding.profile);
      return { what: m.finding_skipped({ profile: finding.profile, why }), next: fix };
    }
    case 'warning':
      return describeWarning(finding.warning);
    case 'proxy':
      return describeProxy(finding.observation);
    case 'profiles-readable': {
      const { paths } = finding;
      const command = makePrivate(paths);
      return {
        what: m.finding_profiles_readable({ count: paths.length }),
        next: m.finding_profiles_readable_next({ command }),
      };
    }
    case 'unregistered':
      return { what: m.finding_unregistered(finding), next: m.finding_unregistered_next(finding) };
    case 'orphan-entry': {
      const { line, baseUrl } = finding;
      const what =
        baseUrl === ''
          ? m.finding_orphan_entry_official({ line })
          : m.finding_orphan_entry({ line, baseUrl });
      return { what, next: m.finding_orphan_entry_next() };
    }
    case 'key-elsewhere': {
      const what =
        finding.prefix === '' ? m.finding_key_elsewhere_bare(finding) : m.finding_key_elsewhere(finding);
      return { what, next: m.finding_key_elsewhere_next() };
    }
    case 'malformed-entry':
      return { what: m.finding_malformed_entry(finding), next: m.finding_malformed_entry_next() };
    case 'listens-everywhere':
      return { what: m.finding_listens_everywhere(finding), next: m.finding_listens_everywhere_next() };
    case 'serves-anyone':
      return { what: m.finding_serves_anyone(finding), next: m.finding_serves_anyone_next() };
    case 'port-differs':
      return { what: m.finding_port_differs(finding), next: m.finding_port_differs_next() };
    case 'force-model-prefix':
      return { what: m.finding_force_model_prefix(finding), next: null };
    case 'registry-problem':
      return { what: m.finding_registry_problem(finding), next: m.finding_registry_problem_next() };
    case 'ccs-syncs-too':
      return { what: m.finding_ccs_syncs_too(), next: m.finding_ccs_syncs_too_next() };
    case 'pending':
      return { what: m.finding_pending(finding), next: m.finding_pending_next() };
    case 'review':
      return { what: m.finding_review(finding), next: m.finding_review_next() };
    case 'held':
      return { what: m.finding_held({ profiles: listNames(finding.profiles) }), next: m.finding_held_next() };
    case 'unfinished-write':
      return { what: m.finding_unfinished_write(finding), next: m.finding_unfinished_write_next() };
    default:
      return assertNever(finding);
  }
}

/** One command for all files; with a pattern where a list would fill the screen. */
function makePrivate(paths: readonly string[]): string {
  const folders = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))));
  const [folder] = folders;
  if (paths.length <= 3 || folders.size > 1 || folder === undefined)
    return shellCommand('chmod', '600', ...paths);
  return `${shellCommand('chmod', '600', folder)}/*.settings.json`;
}
