import { skipGroup } from '../../../shared/schema/skip-group.ts';
import type { TargetState } from '../../../shared/schema/state.ts';
import type { ProfileStatus, StatusReport } from '../../../shared/schema/status.ts';

type Judged = Pick<TargetState, 'error' | 'plan' | 'fights' | 'proxy'>;

/** The first that holds: what the tray shows for a target that was read (experience, "Tray"). */
export function targetStateOf(
  target: Judged,
  report: Pick<StatusReport, 'state' | 'profiles'>,
): TargetState['state'] {
  if (target.error !== null) return 'error';
  if (report.state === 'released') return 'released';
  const seen = seenState(target);
  if (seen !== 'in-sync') return seen;
  return report.profiles.some(isSomebodys) ? 'in-sync' : 'empty';
}

/** The same once only what was seen of the proxy has changed. */
export function targetStateAfterLook(target: TargetState): TargetState['state'] {
  const isJudged = target.state === 'review' || target.state === 'not-loaded' || target.state === 'pending';
  return isJudged || target.state === 'in-sync' ? seenState(target) : target.state;
}

function seenState({ plan, fights, proxy }: Judged): 'review' | 'not-loaded' | 'pending' | 'in-sync' {
  const operations = plan?.operations ?? [];
  const needsPerson = fights.length > 0 || (plan?.consent.length ?? 0) > 0;
  if (needsPerson || operations.some(({ op }) => op === 'review')) return 'review';
  if (proxy?.state === 'not-loaded') return 'not-loaded';
  return operations.some(({ op }) => op !== 'leave') ? 'pending' : 'in-sync';
}

/** Files that CCS keeps for itself are no profiles of anybody; one that was left out on purpose is. */
function isSomebodys({ reason }: ProfileStatus): boolean {
  return reason === null || reason.code === 'excluded' || skipGroup(reason.code) === 'needs-you';
}
