import type { Disposable } from './disposable.ts';

/** The time, injected so that tests decide what it is. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `delayMs` milliseconds. */
  sleep(delayMs: number): Promise<void>;
  /** Calls `callback` once, `delayMs` milliseconds from now, unless the timer is disposed of before. */
  setTimer(delayMs: number, callback: () => void): Disposable;
}

export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
    setTimer: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return { dispose: () => clearTimeout(timer) };
    },
  };
}
