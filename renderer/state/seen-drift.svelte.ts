const PLACE = 'seen-drift';

/** Which repair was read already: one is said once, also when the window is closed and opened again. */
export interface SeenDrift {
  /** Milliseconds since the epoch; 0 where none was read. */
  atMs: number;
}

export function createSeenDrift(): SeenDrift {
  let atMs = $state(Number(localStorage.getItem(PLACE) ?? 0));
  return {
    get atMs() {
      return atMs;
    },
    set atMs(next) {
      atMs = next;
      localStorage.setItem(PLACE, String(next));
    },
  };
}
