import type { AppError } from '../../../shared/errors.ts';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import { skipGroup } from '../../../shared/schema/skip-group.ts';
import type { TargetState } from '../../../shared/schema/state.ts';
import type { ProfileStatus, StatusReport } from '../../../shared/schema/status.ts';

type Judged = Pick<TargetState, 'error' | 'plan' | 'fights' | 'proxy'>;

/** The first that holds: what the tray shows for a target that was read (experience, "Tray"). */
export function targetStateOf(
  target: Judged,
  report: Pick<StatusReport, 'state' | 'profiles'>,
): TargetState['state'] {
  if (target.error !== null) return failedStateOf(target.error.error);
  if (report.state === 'released') return 'released';
  const seen = seenState(target);
  if (seen !== 'in-sync') return seen;
  return report.profiles.some(isSomebodys) ? 'in-sync' : 'empty';
}

/** The same once only what was seen of the proxy has changed. */
export function targetStateAfterLook(target: TargetState): TargetState['state'] {
  if (target.error !== null) return target.state;
  const isJudged = target.state === 'review' || target.state === 'not-loaded' || target.state === 'pending';
  return isJudged || target.state === 'in-sync' ? seenState(target) : target.state;
}

/** What an error means for the target that it kept from being read or written. */
export function failedStateOf(error: AppError): TargetState['state'] {
  return error.code === 'remote-fault' ? FAULT_STATES[error.fault.code] : 'error';
}

/**
 * A server that answers, but not with what was asked for, is as good as away: it passes, and the changes wait. One
 * that is deaf to its file waits for its restart, as a proxy does that has not loaded the local file.
 */
const FAULT_STATES: Readonly<Record<RemoteFault['code'], TargetState['state']>> = {
  unreachable: 'offline',
  timeout: 'offline',
  'server-error': 'offline',
  'bad-answer': 'offline',
  'wrong-key': 'auth-failed',
  'no-key': 'auth-failed',
  forbidden: 'auth-failed',
  banned: 'auth-failed',
  deaf: 'not-loaded',
  'tls-untrusted': 'error',
  'tls-changed': 'error',
  'plain-http': 'error',
  'api-off': 'error',
  rejected: 'error',
  redirect: 'error',
  'keeps-changing': 'error',
  'drops-fields': 'error',
};

function seenState({ plan, fights, proxy }: Judged): 'review' | 'not-loaded' | 'pending' | 'in-sync' {
  const operations = plan?.operations ?? [];
  const needsPerson = fights.length > 0 || (plan?.consent.length ?? 0) > 0;
  if (needsPerson || operations.some(({ op }) => op === 'review')) return 'review';
  if (proxy?.state === 'not-loaded') return 'not-loaded';
  return operations.some(({ op }) => op !== 'leave') ? 'pending' : 'in-sync';
}

/** Files that CCS keeps for itself are no profiles of anybody; one that was left out on purpose is. */
function isSomebodys({ reason }: Pick<ProfileStatus, 'reason'>): boolean {
  if (reason === null || reason.code === 'excluded' || reason.code === 'not-chosen') return true;
  return skipGroup(reason.code) === 'needs-you';
}
