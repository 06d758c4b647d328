import { assertNever } from '../result.ts';
import type { ProfileStatus, StatusReport } from '../schema/status.ts';
import { profilesNotLoaded } from '../state/glance.ts';
import * as m from './generated/messages.js';

/** The one sentence that says how things stand; the same words head the tray and the window. */
export function describeStatus({ state, profiles, plan, proxy }: StatusReport): string {
  const count = (which: ProfileStatus['state']): number =>
    profiles.filter((profile) => profile.state === which).length;
  const synced = count('synced');
  switch (state) {
    case 'released':
      return m.status_released();
    case 'review': {
      const review = plan.operations.filter(({ op }) => op === 'review').length;
      const changes = plan.operations.filter(({ op }) => op !== 'leave').length;
      return m.status_review({ count: plan.consent.length > 0 ? changes : review });
    }
    case 'pending':
      return m.status_pending({ count: plan.operations.filter(({ op }) => op !== 'leave').length });
    case 'in-sync':
      if (synced === 0) {
        const held = count('held');
        return held > 0 ? m.status_held({ count: held }) : m.status_no_profiles();
      }
      if (proxy?.state === 'not-loaded') {
        const waiting = profilesNotLoaded(profiles, proxy);
        return waiting === 0 ? m.glance_ghosts() : m.status_not_loaded({ count: waiting });
      }
      return proxy?.state === 'not-running'
        ? m.status_in_sync_not_running({ count: synced })
        : m.status_in_sync({ count: synced });
    default:
      return assertNever(state);
  }
}
