import type { Clock } from '../support/clock.ts';
import type { Disposable } from '../support/disposable.ts';

/** How often it is looked whether the clock jumped. */
const TICK_MS = 5000;
/** A rescan every 60 s covers what no event told. */
const TICKS_PER_RESCAN = 12;
/** A tick that is later than this was held up by a sleep of the machine, during which no event was told. */
const JUMP_MS = 5000;

/** Calls `rescan` every minute, and within 5 s after the machine woke up. */
export function createRescanTimer(clock: Clock, rescan: () => void): Disposable {
  let ticks = 0;
  let timer = next();

  function next(): Disposable {
    const dueMs = clock.now() + TICK_MS;
    return clock.setTimer(TICK_MS, () => {
      ticks += 1;
      const jumped = clock.now() - dueMs > JUMP_MS;
      timer = next();
      if (!jumped && ticks < TICKS_PER_RESCAN) return;
      ticks = 0;
      rescan();
    });
  }

  return { dispose: () => timer.dispose() };
}
