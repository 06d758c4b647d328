import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../core/support/clock.ts';

/** A clock that sleeps in no time and tells how long it slept; its timers fire when time is made to pass. */
export interface FakeClock extends Clock {
  readonly sleptMs: readonly number[];
  /** How many timers are set and have neither fired nor been disposed of. */
  readonly timers: number;
  /** Lets time pass: each timer fires when it is due, and what it starts gets a turn before the next one fires. */
  advance(delayMs: number): Promise<void>;
  /** The machine sleeps, or its clock is set: it is `delayMs` later at once, and what is due fires late. */
  leap(delayMs: number): Promise<void>;
  /** The clock is set back; timers fire as long from now as they would have. */
  setBack(delayMs: number): void;
}

interface Timer {
  dueMs: number;
  readonly callback: () => void;
}

/** `whileAsleep` runs during each sleep. Time that is slept fires timers, too. */
export function fakeClock(whileAsleep?: (delayMs: number) => void): FakeClock {
  const sleptMs: number[] = [];
  const timers = new Set<Timer>();
  let now = 1_700_000_000_000;

  function fireNext(untilMs: number): boolean {
    const next = [...timers].sort((a, b) => a.dueMs - b.dueMs)[0];
    if (next === undefined || next.dueMs > untilMs) return false;
    timers.delete(next);
    now = Math.max(now, next.dueMs);
    next.callback();
    return true;
  }

  async function advance(delayMs: number): Promise<void> {
    const untilMs = now + delayMs;
    await setImmediate();
    while (fireNext(untilMs)) await setImmediate();
    now = Math.max(now, untilMs);
  }

  return {
    sleptMs,
    get timers() {
      return timers.size;
    },
    now: () => now,
    sleep: (delayMs) => {
      const untilMs = now + delayMs;
      sleptMs.push(delayMs);
      while (fireNext(untilMs));
      now = Math.max(now, untilMs);
      whileAsleep?.(delayMs);
      return Promise.resolve();
    },
    setTimer: (delayMs, callback) => {
      const timer = { dueMs: now + delayMs, callback };
      timers.add(timer);
      return { dispose: () => void timers.delete(timer) };
    },
    advance,
    leap: (delayMs) => {
      now += delayMs;
      return advance(0);
    },
    setBack: (delayMs) => {
      now -= delayMs;
      for (const timer of timers) timer.dueMs -= delayMs;
    },
  };
}
