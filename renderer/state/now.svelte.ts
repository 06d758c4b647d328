/** How often relative times are told anew, in milliseconds: their finest word is "just now". */
const TICK_MS = 10_000;

/** The present moment, for relative times. */
export interface Now {
  /** Milliseconds since the epoch. */
  readonly ms: number;
}

/** Ticks until it is disposed of. */
export function createNow(): Now & { dispose(): void } {
  let ms = $state(Date.now());
  const timer = setInterval(() => (ms = Date.now()), TICK_MS);
  return {
    get ms() {
      return ms;
    },
    dispose: () => clearInterval(timer),
  };
}
