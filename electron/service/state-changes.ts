import type {
  AppState,
  AutoSyncState,
  Drift,
  Fight,
  TargetState,
  WatcherState,
} from '../../shared/schema/state.ts';

/** One thing that became different from one state to the next, worth a line. */
export type StateChange =
  /** Something was written; the history tells what. */
  | { readonly kind: 'written'; readonly target: string; readonly record: number }
  | { readonly kind: 'target'; readonly target: TargetState }
  | { readonly kind: 'drift'; readonly target: string; readonly drift: Drift }
  | { readonly kind: 'fight'; readonly target: string; readonly fight: Fight }
  | { readonly kind: 'watcher'; readonly watcher: WatcherState }
  | { readonly kind: 'auto-sync'; readonly autoSync: AutoSyncState };

/** Gets each new state and gives what a log or a terminal says of it. */
export type ChangeTeller = (state: AppState) => readonly StateChange[];

/**
 * Tells first how everything stands, once that is known, then what becomes different. That changes wait is told only
 * where nobody writes them by itself.
 */
export function createChangeTeller(): ChangeTeller {
  let before: AppState | null = null;
  return (state) => {
    if (state.activity.kind === 'starting' || state.watcher.state === 'starting') return [];
    const after = { ...state, targets: state.targets.map((target) => settled(before, { state, target })) };
    const changes = changesBetween(before, after);
    before = after;
    return changes;
  };
}

/** A target that is about to be written counts as it stood before. */
function settled(
  before: AppState | null,
  { state, target }: { readonly state: AppState; readonly target: TargetState },
): TargetState {
  const { enabled, pausedUntilMs } = state.autoSync;
  const isByHand = target.remote !== null && (target.remote.paused || target.remote.mode === 'manual');
  const isWritten = target.state === 'pending' && enabled && pausedUntilMs === null && !isByHand;
  if (target.state !== 'starting' && !isWritten) return target;
  const old = before?.targets.find(({ id }) => id === target.id);
  return { ...target, state: old?.state ?? 'starting', error: old?.error ?? null, proxy: old?.proxy ?? null };
}

function changesBetween(before: AppState | null, after: AppState): readonly StateChange[] {
  return [
    ...(differ(before?.watcher, after.watcher) ? [{ kind: 'watcher', watcher: after.watcher } as const] : []),
    ...(differ(before?.autoSync, after.autoSync)
      ? [{ kind: 'auto-sync', autoSync: after.autoSync } as const]
      : []),
    ...after.targets.flatMap((target) =>
      changesOfTarget(before?.targets.find(({ id }) => id === target.id) ?? null, target),
    ),
  ];
}

function changesOfTarget(before: TargetState | null, after: TargetState): readonly StateChange[] {
  const { id, lastRecord, lastDrift } = after;
  const known = new Set(before?.fights.map(({ profile, field }) => `${profile} ${field}`));
  // What a server's history held before it was first looked at is no news.
  const isKnown =
    before !== null && (before.remote === null || before.state !== 'starting' || before.plan !== null);
  const isNew = isKnown && lastRecord !== null && lastRecord !== before.lastRecord;
  const isDrift = lastDrift !== null && lastDrift.atMs !== before?.lastDrift?.atMs;
  return [
    ...(isNew ? [{ kind: 'written', target: id, record: lastRecord } as const] : []),
    ...(isDrift ? [{ kind: 'drift', target: id, drift: lastDrift } as const] : []),
    ...after.fights
      .filter(({ profile, field }) => !known.has(`${profile} ${field}`))
      .map((fight) => ({ kind: 'fight', target: id, fight }) as const),
    ...(differ(standing(before), standing(after)) ? [{ kind: 'target', target: after } as const] : []),
  ];
}

/** What people are told of a target; the rest changes with every look. */
function standing(target: TargetState | null): unknown {
  if (target === null || target.state === 'starting') return null;
  const { state, error, proxy } = target;
  return [state, error?.error ?? null, state === 'not-loaded' ? proxy : null];
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
