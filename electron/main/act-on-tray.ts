import type { Method, MethodInput } from '../../shared/contract.ts';
import { assertNever } from '../../shared/result.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { Route } from '../../shared/state/routes.ts';
import type { TrayAction } from './tray-row.ts';

/** What is to be done for a row of the tray's menu. */
export type TrayStep =
  | { readonly kind: 'open'; readonly route: Route | null }
  | { readonly kind: 'quit' }
  | { [M in Method]: { readonly kind: 'call'; readonly method: M; readonly input: MethodInput<M> } }[Method];

/**
 * A sync that needs a person's word opens its preview instead, for a menu can't ask. `state` null: nothing is known
 * yet. `nowMs`: milliseconds since the epoch.
 */
export function stepOf(
  action: TrayAction,
  { state, nowMs }: { readonly state: AppState | null; readonly nowMs: number },
): TrayStep {
  switch (action.kind) {
    case 'sync':
      if (state?.targets.some((target) => target.state === 'review') === true) {
        return { kind: 'open', route: { view: 'overview', preview: true } };
      }
      return { kind: 'call', method: 'sync.run', input: EVERYTHING };
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
