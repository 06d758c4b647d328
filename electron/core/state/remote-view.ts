import type { RemoteTarget } from '../../../shared/schema/remote.ts';
import type { RemoteState, TargetState } from '../../../shared/schema/state.ts';
import type { StatusReport } from '../../../shared/schema/status.ts';
import type { StateEvent, Standings } from './events.ts';
import { failedStateOf } from './target-view.ts';

const NOTHING_KNOWN: Omit<RemoteState, 'mode' | 'paused'> = {
  version: null,
  busy: false,
  waiting: 0,
  profiles: [],
};

/** A target of which nothing is known yet. */
export function unreadTarget(about: Pick<TargetState, 'id' | 'name' | 'path' | 'remote'>): TargetState {
  return {
    ...about,
    state: 'starting',
    error: null,
    plan: null,
    fights: [],
    lastDrift: null,
    proxy: null,
    lastSyncMs: null,
    lastRecord: null,
  };
}

/** The targets of the remotes that are set up now; another address is another server. */
export function remoteTargets(
  before: readonly TargetState[],
  remotes: readonly RemoteTarget[],
): readonly TargetState[] {
  return remotes.map(({ id, name, url, mode, paused }) => {
    const known = before.find((target) => target.id === id && target.path === url);
    const remote = { ...(known?.remote ?? NOTHING_KNOWN), mode, paused };
    const about = { id, name, path: url, remote };
    if (known === undefined) return unreadTarget(about);
    // One that is paused is not tried again by itself.
    const error = paused && known.error !== null ? { ...known.error, retryAtMs: null } : known.error;
    return { ...known, ...about, error };
  });
}

/** What only remotes have, after a look. */
export function remoteAfterLook(remote: RemoteState, report: StatusReport): RemoteState {
  const changing = report.plan.operations.filter(({ op }) => op !== 'leave');
  const { proxy } = report;
  return {
    ...remote,
    version: proxy !== null && 'version' in proxy ? (proxy.version ?? remote.version) : remote.version,
    waiting: new Set(changing.map(({ profile }) => profile)).size,
    profiles: report.profiles.map(({ name, state, reason }) => ({ name, state, reason })),
  };
}

/**
 * What a sync would do is not known while the server can't be read. A home without a CCS directory has nothing to
 * bring anywhere, which is no fault of the server.
 */
export function failedRemote(
  before: TargetState,
  { error, standings }: StateEvent & { readonly kind: 'remote-failed' },
  local: TargetState['state'],
): TargetState {
  const after = { ...before, ...withStandings(before, standings), plan: null };
  if (error.error.code === 'ccs-directory-missing' && local === 'empty') {
    return { ...after, state: 'empty', error: null };
  }
  return { ...after, state: failedStateOf(error.error), error };
}

/** What waits now; the rest is as the last look left it. */
export function waitingRemote(before: TargetState, standings: Standings): TargetState {
  const after = { ...before, ...withStandings(before, standings) };
  if (before.state !== 'pending' && before.state !== 'in-sync' && before.state !== 'empty') return after;
  // What was planned was for what the profiles asked for then, but what others changed there is still to be mended.
  const drifted = before.plan?.operations.some(({ why }) => why === 'drift') === true;
  if (standings.waiting === 0 && !drifted) {
    return { ...after, plan: null, state: before.state === 'pending' ? 'in-sync' : before.state };
  }
  return { ...after, plan: drifted ? before.plan : null, state: 'pending' };
}

function withStandings({ remote }: TargetState, standings: Standings | null): Pick<TargetState, 'remote'> {
  return { remote: remote === null || standings === null ? remote : { ...remote, ...standings } };
}
