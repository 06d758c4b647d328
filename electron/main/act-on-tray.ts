import type { Method, MethodInput } from '../../shared/contract.ts';
import { assertNever } from '../../shared/result.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { activeTargets } from '../../shared/state/glance.ts';
import type { Route } from '../../shared/state/routes.ts';
import type { TrayAction } from './tray-row.ts';

/** What is to be done for a row of the tray's menu. */
export type TrayStep =
  | { readonly kind: 'open'; readonly route: Route | null }
  | { readonly kind: 'quit' }
  | { [M in Method]: { readonly kind: 'call'; readonly method: M; readonly input: MethodInput<M> } }[Method];

/**
 * A sync is one of each target that is not paused. One that needs a person's word opens its preview instead, for a menu
 * can't ask. `state` null: nothing is known yet. `nowMs`: milliseconds since the epoch.
 */
export function stepsOf(
  action: TrayAction,
  { state, nowMs }: { readonly state: AppState | null; readonly nowMs: number },
): readonly TrayStep[] {
  if (action.kind !== 'sync') return [stepOf(action, nowMs)];
  const targets = state === null ? [] : activeTargets(state);
  const asking = targets.find((target) => target.state === 'review');
  if (asking !== undefined) {
    const of = asking.remote === null ? {} : { target: asking.id };
    return [{ kind: 'open', route: { view: 'overview', preview: true, ...of } }];
  }
  const remotes = targets.filter(({ remote }) => remote !== null);
  return [
    { kind: 'call', method: 'sync.run', input: EVERYTHING },
    ...remotes.map(({ id }): TrayStep => {
      return { kind: 'call', method: 'sync.run', input: { ...EVERYTHING, target: id } };
    }),
  ];
}

function stepOf(action: Exclude<TrayAction, { kind: 'sync' }>, nowMs: number): TrayStep {
  switch (action.kind) {
    case 'set-auto-sync': {
      const { mode, enabled } = action;
      return { kind: 'call', method: 'autoSync.set', input: { mode, enabled } };
    }
    case 'pause':
      return { kind: 'call', method: 'pause.set', input: { untilMs: nowMs + action.durationMs } };
    case 'resume':
      return { kind: 'call', method: 'pause.set', input: { untilMs: null } };
    case 'open':
      return { kind: 'open', route: action.route };
    case 'quit':
      return { kind: 'quit' };
    default:
      return assertNever(action);
  }
}

const EVERYTHING: MethodInput<'sync.run'> = {
  only: null,
  accepted: false,
  dryRun: false,
  create: false,
  targetNamed: false,
  verify: true,
};
