/** What may keep an offer standing. */
export type Holder = 'pointer' | 'focus';

/** How long something stands that goes by itself. */
export interface StandingTime {
  /** While one of them is on it no time passes; afterwards what is left of it goes on. */
  hold(by: Holder, isHeld: boolean): void;
  /** It is gone already: nothing will be called. */
  end(): void;
}

/** Calls `onEnd` once it has stood for `lastsMs` milliseconds, those not counted in which it is held. */
export function startStanding(lastsMs: number, onEnd: () => void): StandingTime {
  const holders = new Set<Holder>();
  let leftMs = lastsMs;
  let runningSince: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const end = (): void => {
    isOver = true;
    clearTimeout(timer);
  };
  const run = (): void => {
    runningSince = performance.now();
    timer = setTimeout(() => {
      end();
      onEnd();
    }, leftMs);
  };
  const halt = (): void => {
    if (runningSince === null) return;
    clearTimeout(timer);
    leftMs -= performance.now() - runningSince;
    runningSince = null;
  };
  run();
  return {
    hold: (by, isHeld) => {
      if (isOver) return;
      if (isHeld) {
        holders.add(by);
        halt();
      } else if (holders.delete(by) && holders.size === 0) {
        run();
      }
    },
    end,
  };
}
