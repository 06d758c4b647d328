import type { Finding } from '../schema/finding.ts';
import { describeFinding } from './describe-finding.ts';
import { describeErrorHere, describeProxyHere, describeSkipHere } from './describe-here.ts';
import * as m from './generated/messages.js';
import type { Observation } from './wording.ts';

/** A finding of the diagnostics, as the window says it (`describe-here.ts`). */
export function describeFindingHere(finding: Finding): Observation {
  const words = describeFinding(finding);
  switch (finding.code) {
    case 'error':
      return describeErrorHere(finding.error);
    case 'skipped': {
      const { reason, profile } = finding;
      const next =
        reason.code === 'excluded' ? m.here_excluded_next() : describeSkipHere(reason, profile).fix;
      return { ...words, next };
    }
    case 'proxy':
      return describeProxyHere(finding.observation);
    case 'unregistered':
      return { ...words, next: m.here_unregistered_next() };
    case 'pending':
      return { ...words, next: m.here_pending_next() };
    case 'review':
      return { ...words, next: m.here_review_next() };
    case 'held':
      return { ...words, next: m.here_held_next() };
    case 'unfinished-write':
      return { ...words, next: m.here_unfinished_next() };
    default:
      return words;
  }
}
