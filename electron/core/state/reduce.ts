import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '../../../shared/result.ts';
import type { AppState, AutoSyncState, TargetState } from '../../../shared/schema/state.ts';
import type { StateEvent } from './events.ts';
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
    targets: [unreadTarget(from.path)],
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
        ...lookedAt(state),
        profiles: event.report.profiles,
        targets: [surveyed(localOf(state), event)],
      };
    case 'observed': {
      const target = { ...localOf(state), proxy: event.proxy };
      return { targets: [{ ...target, state: targetStateAfterLook(target) }] };
    }
    case 'repaired':
      return { targets: [{ ...localOf(state), lastDrift: event.drift }] };
    case 'failed': {
      // What a sync would do is not known while the world can't be read, or what it does comes to nothing.
      const target = { ...localOf(state), path: event.path, error: event.error, plan: null };
      return { ...lookedAt(state), targets: [{ ...target, state: 'error' }] };
    }
    case 'never-seen':
      return {
        ...lookedAt(state),
        profiles: [],
        targets: [{ ...unreadTarget(localOf(state).path), state: 'empty' }],
      };
    default:
      return assertNever(event);
  }
}

/** The first look at the world ends the start. */
function lookedAt({ activity }: AppState): Pick<AppState, 'activity'> {
  return { activity: activity.kind === 'starting' ? { kind: 'idle' } : activity };
}

function surveyed(before: TargetState, event: StateEvent & { readonly kind: 'surveyed' }): TargetState {
  const { report, fights, error, atMs } = event;
  const target = {
    ...before,
    path: report.target.path,
    error,
    plan: report.plan,
    fights,
    proxy: report.proxy ?? before.proxy,
    lastRecord: report.lastChange?.record ?? null,
  };
  const isInLine = report.state === 'in-sync' && error === null;
  return { ...target, lastSyncMs: isInLine ? atMs : before.lastSyncMs, state: targetStateOf(target, report) };
}

function localOf({ targets }: AppState): TargetState {
  const [local] = targets;
  if (local === undefined) throw new Error('A state without its local target');
  return local;
}

function unreadTarget(path: string): TargetState {
  return {
    id: 'local',
    name: 'local',
    path,
    remote: null,
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
