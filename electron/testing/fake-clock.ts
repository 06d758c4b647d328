import type { Clock } from '../core/support/clock.ts';

/** A clock that sleeps in no time and tells how long it slept; `whileAsleep` runs during each sleep. */
export interface FakeClock extends Clock {
  readonly sleptMs: readonly number[];
}

export function fakeClock(whileAsleep?: (delayMs: number) => void): FakeClock {
  const sleptMs: number[] = [];
  let now = 1_700_000_000_000;
  return {
    sleptMs,
    now: () => now,
    sleep: (delayMs) => {
      sleptMs.push(delayMs);
      now += delayMs;
      whileAsleep?.(delayMs);
      return Promise.resolve();
    },
  };
}
