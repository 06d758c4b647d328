import { HOME, type Route } from '../../shared/state/routes.ts';
import { assertNever } from '../../shared/result.ts';
import type { TargetState } from '../../shared/schema/state.ts';
import type { Glance } from '../../shared/state/glance.ts';
import { describeDrift } from '../../shared/words/describe-change.ts';
import { describeGlance } from '../../shared/words/describe-glance.ts';
import { describeErrorHere, describeProxyHere } from '../../shared/words/describe-here.ts';
import { describeRemoteFault } from '../../shared/words/describe-remote-fault.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { Cause } from './notification-causes.ts';
import { routeToCause } from './tray-cause.ts';
import { shortened } from './tray-row.ts';

/** What a notification shows, and where a click on it leads. */
export interface Note {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly route: Route;
}

const LONGEST_TITLE = 80;
const LONGEST_BODY = 160;

export function noteOf(cause: Cause, timeOf: (moment: number) => string): Note {
  switch (cause.kind) {
    case 'problem': {
      const isFight = cause.glance.kind === 'review' && cause.glance.fights > 0;
      const title = isFight ? fightWords(cause.target) : describeGlance(cause.glance, { timeOf });
      return note(cause.id, [title, adviceOf(cause.glance, cause.target)], routeToCause(cause.glance));
    }
    case 'drift': {
      const { lastDrift } = cause.target;
      const body = lastDrift === null ? '' : describeDrift(lastDrift);
      const { remote, name } = cause.target;
      const title = remote === null ? m.notify_drift() : m.notify_drift_on({ name });
      return note(cause.id, [title, body], recordRoute(lastDrift?.record ?? null, cause.target));
    }
    case 'written': {
      const { remote, name } = cause.target;
      const title = remote === null ? m.notify_written() : m.notify_written_on({ name });
      const words = [title, m.change_written_only({ id: cause.record })] as const;
      return note(cause.id, words, recordRoute(cause.record, cause.target));
    }
    default:
      return assertNever(cause);
  }
}

function note(id: string, [title, body]: readonly [string, string], route: Route): Note {
  // Commands stand between backticks for a terminal; here they are only in the way.
  const plain = body.replaceAll('`', '');
  return { id, title: shortened(title, LONGEST_TITLE), body: shortened(plain, LONGEST_BODY), route };
}

function fightWords(target: TargetState | null): string {
  return target === null || target.remote === null
    ? m.notify_fight()
    : m.notify_fight_on({ name: target.name });
}

function recordRoute(record: number | null, { id, remote }: TargetState): Route {
  const of = remote === null ? {} : { target: id };
  return record === null ? { ...HOME, ...of } : { view: 'history', record, ...of };
}

/** What to do, in a line. */
function adviceOf(glance: Glance, target: TargetState | null): string {
  switch (glance.kind) {
    case 'error':
      return glance.error === null ? m.notify_watcher_next() : describeErrorHere(glance.error).next;
    case 'auth-failed':
      return glance.fault === null ? m.notify_auth_next() : describeRemoteFault(glance.fault).next;
    case 'review':
      return glance.fights > 0 ? m.notify_fight_next() : m.notify_review_next();
    case 'not-loaded': {
      if (target !== null && target.error !== null) return describeErrorHere(target.error.error).next;
      const proxy = target?.proxy ?? null;
      return (proxy === null ? null : describeProxyHere(proxy).next) ?? m.proxy_restart();
    }
    default:
      return '';
  }
}
