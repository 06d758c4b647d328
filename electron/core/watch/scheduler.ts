import type { Clock } from '../support/clock.ts';
import type { Disposable } from '../support/disposable.ts';

export interface SchedulerOptions {
  readonly clock: Clock;
  /** How long no hint may come before a run begins. */
  readonly quietMs: number;
  /** A run begins at most this long after the first hint, however steady the stream. */
  readonly mostMs: number;
  /** A rejection is a bug; it goes to the host's handler of unhandled rejections, and later hints still run. */
  readonly run: () => Promise<void>;
}

/** Turns a stream of hints into runs, never two at once. */
export interface Scheduler extends Disposable {
  /** Something may have changed. During a run this queues exactly one more. */
  hint(): void;
  /** Runs at once, or right after the present run, also while paused; resolves when that run has ended. */
  runNow(): Promise<void>;
  /** Hints are kept, but nothing runs by itself. A run that is going on ends as usual. */
  pause(): void;
  /** If a hint came meanwhile, the quiet time begins anew. */
  resume(): void;
  setQuietMs(quietMs: number): void;
}

/** The hints since the last run began, in milliseconds since the epoch. */
interface Pending {
  readonly firstMs: number;
  readonly lastMs: number;
}

export function createScheduler({ clock, quietMs, mostMs, run }: SchedulerOptions): Scheduler {
  let quiet = quietMs;
  let pending: Pending | null = null;
  let timer: Disposable | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let paused = false;
  let disposed = false;

  function arm(): void {
    timer?.dispose();
    timer = null;
    if (pending === null || running !== null || paused || disposed) return;
    const dueMs = Math.min(pending.lastMs + quiet, pending.firstMs + mostMs);
    // A clock that was set back must not postpone the run: never longer than the quiet time from now.
    const delayMs = Math.min(quiet, Math.max(0, dueMs - clock.now()));
    timer = clock.setTimer(delayMs, () => void begin());
  }

  function begin(): Promise<void> {
    timer?.dispose();
    timer = null;
    pending = null;
    running = run().finally(() => {
      running = null;
      arm();
    });
    return running;
  }

  async function beginAfter(present: Promise<void>): Promise<void> {
    // Whether the present run fails is told to those who started it.
    await present.catch(() => undefined);
    next = null;
    if (!disposed) await begin();
  }

  return {
    hint: () => {
      const nowMs = clock.now();
      pending = { firstMs: pending?.firstMs ?? nowMs, lastMs: nowMs };
      arm();
    },
    runNow: () => {
      if (disposed) return Promise.resolve();
      if (running === null) return begin();
      next ??= beginAfter(running);
      return next;
    },
    pause: () => {
      paused = true;
      arm();
    },
    resume: () => {
      paused = false;
      const nowMs = clock.now();
      if (pending !== null) pending = { firstMs: nowMs, lastMs: nowMs };
      arm();
    },
    setQuietMs: (quietMs) => {
      quiet = quietMs;
      arm();
    },
    dispose: () => {
      disposed = true;
      pending = null;
      arm();
    },
  };
}
