import type { Clock } from '../support/clock.ts';
import type { Disposable } from '../support/disposable.ts';

/** Node's timers take no longer delays; they fire at once instead. In milliseconds. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** One timer for a moment that may be months away, and may be put off. */
export interface Alarm extends Disposable {
  /** Milliseconds since the epoch; null: not at all. What was set before is forgotten. */
  set(atMs: number | null): void;
}

export function createAlarm(clock: Clock, ring: () => void): Alarm {
  let timer: Disposable | null = null;
  const set: Alarm['set'] = (atMs) => {
    timer?.dispose();
    timer = null;
    if (atMs === null) return;
    const delayMs = Math.min(LONGEST_DELAY_MS, Math.max(0, atMs - clock.now()));
    timer = clock.setTimer(delayMs, () => {
      if (clock.now() < atMs) set(atMs);
      else ring();
    });
  };
  return { set, dispose: () => set(null) };
}
