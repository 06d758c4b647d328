import type { AppState, TargetState } from '../../shared/schema/state.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { problemOfTarget, type Glance } from '../../shared/state/glance.ts';

/** Something that could be told, of which there is one with each id. */
export type Cause =
  | {
      readonly kind: 'problem';
      readonly id: string;
      readonly level: 'problem' | 'all';
      readonly glance: Glance;
      readonly target: TargetState | null;
    }
  | { readonly kind: 'drift'; readonly id: string; readonly level: 'all'; readonly target: TargetState }
  | {
      readonly kind: 'written';
      readonly id: string;
      readonly level: 'all';
      readonly record: number;
      readonly target: TargetState;
    };

export interface Causes {
  /** What holds now. */
  readonly problems: readonly Cause[];
  /** What happened since the state before. */
  readonly events: readonly Cause[];
}

/** All that could be told of a state. `before`: the one before it; null for the first, of which nothing is news. */
export function causesOf(state: AppState, before: AppState | null): Causes {
  const dead: readonly Cause[] =
    state.watcher.state === 'stopped'
      ? [
          {
            kind: 'problem',
            id: 'watcher',
            level: 'problem',
            glance: { kind: 'error', target: null, error: null },
            target: null,
          },
        ]
      : [];
  return {
    problems: [...state.targets.flatMap((target) => problemsOf(target, state.profiles)), ...dead],
    events: before === null ? [] : state.targets.flatMap((target) => eventsOf(target, state, before)),
  };
}

/**
 * What a person must see to is told wherever problems are. A proxy that has not loaded the file is no failure of the
 * sync, and an unreachable target comes back by itself: the first is told only where all is wanted, the other never.
 */
function problemsOf(target: TargetState, profiles: readonly ProfileStatus[]): readonly Cause[] {
  const glance = problemOfTarget(target, profiles);
  if (glance === null || glance.kind === 'offline') return [];
  const level = glance.kind === 'not-loaded' ? 'all' : 'problem';
  return [{ kind: 'problem', id: idOf(glance, target), level, glance, target }];
}

/** Its line may move while somebody mends a file: that is the same cause. Another fault of a server is another. */
function idOf(glance: Glance, target: TargetState): string {
  const of = `${glance.kind}:${target.id}`;
  if (glance.kind === 'error') {
    const { error } = glance;
    return `${of}:${error?.code === 'remote-fault' ? error.fault.code : (error?.code ?? '')}`;
  }
  if (glance.kind === 'auth-failed') return `${of}:${glance.fault?.code ?? ''}`;
  return glance.kind === 'review' && glance.fights > 0 ? `${of}:fight` : of;
}

function eventsOf(target: TargetState, state: AppState, before: AppState): readonly Cause[] {
  const was = before.targets.find(({ id }) => id === target.id);
  // A service that has just begun, or another one, tells what was long before.
  const isNews = was !== undefined && was.state !== 'starting' && before.service.pid === state.service.pid;
  if (!isNews) return [];
  const { lastDrift, lastRecord } = target;
  if (lastDrift !== null && lastDrift.atMs !== was.lastDrift?.atMs) {
    return [{ kind: 'drift', id: `drift:${target.id}:${lastDrift.atMs}`, level: 'all', target }];
  }
  const isAsked = before.activity.kind === 'syncing' && before.activity.by === 'user';
  const isRepair = lastRecord === lastDrift?.record;
  if (lastRecord === null || lastRecord <= (was.lastRecord ?? 0) || isAsked || isRepair) return [];
  return [
    { kind: 'written', id: `written:${target.id}:${lastRecord}`, level: 'all', record: lastRecord, target },
  ];
}
