/** Lets one piece of work after the other have its turn, in the order in which they asked. */
export interface Turns {
  /** Resolves, or rejects, as `work` does once it had its turn. */
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nobody has a turn or waits for one. */
  idle(): Promise<void>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      const turn = last.then(work);
      // Whoever asked for it hears of a failure; the next in line does not.
      last = turn.catch(() => undefined);
      return turn;
    },
    idle: async () => {
      for (let seen: unknown; seen !== last;) {
        seen = last;
        await last;
      }
    },
  };
}
