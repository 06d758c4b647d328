import type { Settings } from '../../shared/schema/settings.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { Clock } from '../core/support/clock.ts';
import type { Disposable } from '../core/support/disposable.ts';
import { judgeNotifications, type NotificationMemory } from './notification-policy.ts';
import { noteOf, type Note } from './notification-words.ts';

export interface NotifierOptions {
  readonly clock: Clock;
  /** Asked each time, since both may change. */
  readonly setting: () => Settings['notifications'];
  readonly isLookedAt: () => boolean;
  readonly timeOf: (moment: number) => string;
  readonly show: (note: Note) => void;
}

export interface Notifier extends Disposable {
  /** Takes each state as it comes. */
  take(state: AppState): void;
}

/** Carries out `notification-policy.ts` over time. */
export function createNotifier(options: NotifierOptions): Notifier {
  const { clock, setting, isLookedAt, timeOf, show } = options;
  let memory: NotificationMemory = {};
  let last: AppState | null = null;
  let timer: Disposable | null = null;

  function look(state: AppState, before: AppState | null): void {
    timer?.dispose();
    const nowMs = clock.now();
    const at = { state, before, setting: setting(), isLookedAt: isLookedAt(), nowMs };
    const step = judgeNotifications(memory, at);
    memory = step.memory;
    const delayMs = step.againAtMs === null ? null : Math.max(0, step.againAtMs - nowMs);
    timer = delayMs === null ? null : clock.setTimer(delayMs, () => look(state, state));
    for (const cause of step.say) show(noteOf(cause, timeOf));
  }

  return {
    take: (state) => {
      const before = last;
      last = state;
      look(state, before);
    },
    dispose: () => timer?.dispose(),
  };
}
