import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '../../../shared/result.ts';
import type { AppState, AutoSyncState, TargetState } from '../../../shared/schema/state.ts';
import type { ProfileStatus, StatusReport } from '../../../shared/schema/status.ts';
import { LOCAL_TARGET } from '../../../shared/schema/remote.ts';
import type { StateEvent } from './events.ts';
import { failedRemote, remoteAfterLook, remoteTargets, unreadTarget, waitingRemote } from './remote-view.ts';
import { targetStateAfterLook, targetStateOf } from './target-view.ts';

/** The state before anything was looked at. `path`: where the local target is expected. */
export function startingState(
  about: Pick<AppState, 'ccsDirectory' | 'capabilities' | 'service'>,
  from: { readonly path: string; readonly autoSync: AutoSyncState },
): AppState {
  return {
    ...about,
    revision: 0,
    activity: { kind: 'starting' },
    watcher: { state: 'starting' },
    autoSync: from.autoSync,
    profiles: [],
    targets: [unreadLocal(from.path)],
    catalog: null,
  };
}

/** The state after an event: a new revision where anything changed, else the very same value. */
export function reduce(state: AppState, event: StateEvent): AppState {
  const next = { ...state, ...changes(state, event) };
  return isDeepStrictEqual(next, state) ? state : { ...next, revision: state.revision + 1 };
}

function changes(state: AppState, event: StateEvent): Partial<AppState> {
  switch (event.kind) {
    case 'watcher':
      return { watcher: event.watcher };
    case 'auto-sync':
      return { autoSync: event.autoSync };
    case 'catalog':
      return { catalog: event.catalog };
    case 'began':
      return { activity: { kind: 'syncing', by: event.by, sinceMs: event.atMs, profiles: event.profiles } };
    case 'ended':
      return { activity: { kind: 'idle' } };
    case 'surveyed':
      return {
        // Only the local look tells of all profiles as they are listed, and that the start is over.
        ...(event.report.target.id === LOCAL_TARGET
          ? { ...lookedAt(state), profiles: event.report.profiles }
          : {}),
        ...changed(state, event.report.target.id, (target) => surveyed(target, event)),
      };
    case 'observed':
      return changed(state, event.target, (before) => {
        const target = { ...before, proxy: event.proxy };
        return { ...target, state: targetStateAfterLook(target) };
      });
    case 'synced':
      return changed(state, event.target, (target) => ({ ...target, lastSyncMs: event.atMs }));
    case 'repaired':
      return changed(state, event.target, (target) => ({ ...target, lastDrift: event.drift }));
    case 'failed': {
      // What a sync would do is not known while the world can't be read, or what it does comes to nothing; nor is
      // what the proxy makes of a file that we can't read ourselves.
      const { error, path } = event;
      const failed = changed(state, LOCAL_TARGET, (local) => {
        return { ...local, path, error, plan: null, proxy: null, state: 'error' };
      });
      return { ...lookedAt(state), profiles: state.profiles.map(unknownAgain), ...failed };
    }
    case 'never-seen': {
      const empty = changed(state, LOCAL_TARGET, ({ path }) => ({ ...unreadLocal(path), state: 'empty' }));
      return { ...lookedAt(state), profiles: [], ...empty };
    }
    case 'remotes': {
      const locals = state.targets.filter(({ id }) => id === LOCAL_TARGET);
      return { targets: [...locals, ...remoteTargets(state.targets, event.remotes)] };
    }
    case 'remote-busy':
      return changed(state, event.target, (target) => {
        const { remote } = target;
        return remote === null ? target : { ...target, remote: { ...remote, busy: event.busy } };
      });
    case 'remote-failed':
      return changed(state, event.target, (target) => {
        return failedRemote(target, event, localOf(state).state);
      });
    case 'remote-waiting':
      return changed(state, event.target, (target) => waitingRemote(target, event.standings));
    default:
      return assertNever(event);
  }
}

/** What is told of a target that is not there any more changes nothing. */
function changed(
  { targets }: AppState,
  id: string,
  change: (target: TargetState) => TargetState,
): Pick<AppState, 'targets'> {
  return { targets: targets.map((target) => (target.id === id ? change(target) : target)) };
}

/** The first look at the world ends the start. */
function lookedAt({ activity }: AppState): Pick<AppState, 'activity'> {
  return { activity: activity.kind === 'starting' ? { kind: 'idle' } : activity };
}

function surveyed(before: TargetState, event: StateEvent & { readonly kind: 'surveyed' }): TargetState {
  const { report, fights, error } = event;
  const target = {
    ...before,
    path: report.target.path,
    remote: before.remote === null ? null : remoteAfterLook(before.remote, report),
    error,
    plan: report.plan,
    fights,
    proxy: report.proxy ?? before.proxy,
    lastSyncMs: lastSyncOf(before, report),
    lastRecord: report.lastChange?.record ?? null,
  };
  return { ...target, state: targetStateOf(target, report) };
}

/**
 * A look is no sync, whatever it finds. The history tells of syncs before this life, and of those that another
 * process made; its newest change is all that is asked for, so that an undo stands for the sync that it took back.
 */
function lastSyncOf({ lastSyncMs }: TargetState, { lastChange }: StatusReport): number | null {
  if (lastChange === null || (lastSyncMs !== null && lastChange.kind !== 'sync')) return lastSyncMs;
  return Math.max(lastSyncMs ?? 0, Date.parse(lastChange.time));
}

/** What the target holds of a profile can't be told while it can't be read. */
function unknownAgain(profile: ProfileStatus): ProfileStatus {
  return profile.state === 'skipped' ? profile : { ...profile, state: 'unknown' };
}

function localOf({ targets }: AppState): TargetState {
  const [local] = targets;
  if (local === undefined) throw new Error('A state without its local target');
  return local;
}

function unreadLocal(path: string): TargetState {
  return unreadTarget({ id: LOCAL_TARGET, name: LOCAL_TARGET, path, remote: null });
}
