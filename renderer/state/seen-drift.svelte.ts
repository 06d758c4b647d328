import { SvelteMap } from 'svelte/reactivity';

const PLACE = 'seen-drift';

/**
 * Which repair of each target was read already: one is said once, also when the window is closed and opened again.
 * Times are in milliseconds since the epoch; 0 where none was read.
 */
export interface SeenDrift {
  atMs(target: string): number;
  see(target: string, atMs: number): void;
}

export function createSeenDrift(): SeenDrift {
  const seen = new SvelteMap<string, number>();
  const placeOf = (target: string): string => (target === 'local' ? PLACE : `${PLACE}-${target}`);
  return {
    atMs: (target) => seen.get(target) ?? Number(localStorage.getItem(placeOf(target)) ?? 0),
    see: (target, atMs) => {
      seen.set(target, atMs);
      localStorage.setItem(placeOf(target), String(atMs));
    },
  };
}
