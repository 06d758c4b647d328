import type { AppState } from '../schema/state.ts';
import { glanceOf, isProblem, settledGlanceOf, type Glance } from './glance.ts';

/** Progress that is over sooner is not shown, so that quick things don't flicker. In milliseconds. */
const SHOWN_AFTER_MS = 300;

/** Where the moments come from: the main process has one of these, the window another. */
export interface GlanceClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Calls back once after `delayMs`, unless what it returned is called before. */
  readonly setTimer: (delayMs: number, callback: () => void) => () => void;
}

export interface SteadyGlance {
  /** Takes each state as it comes. */
  take(state: AppState): void;
  dispose(): void;
}

/**
 * Tells the glance that should be on show, each time it is another one. Progress shows only once it has lasted
 * 300 ms; until then what was on show stays, unless there is a problem, which shows at once.
 */
export function createSteadyGlance(
  { now, setTimer }: GlanceClock,
  emit: (glance: Glance) => void,
): SteadyGlance {
  let shown: Glance | null = null;
  /** When the progress that goes on now began; null where there is none. */
  let sinceMs: number | null = null;
  let cancel: (() => void) | null = null;

  function show(glance: Glance): void {
    if (shown !== null && isSame(shown, glance)) return;
    shown = glance;
    emit(glance);
  }

  function stopWaiting(): void {
    cancel?.();
    cancel = null;
  }

  function takeProgress(glance: Glance, state: AppState): void {
    const begunMs = state.activity.kind === 'syncing' ? state.activity.sinceMs : now();
    sinceMs = Math.min(sinceMs ?? now(), begunMs);
    const delayMs = Math.min(SHOWN_AFTER_MS, sinceMs + SHOWN_AFTER_MS - now());
    // With nothing on show yet, nothing could flicker.
    if (shown === null || shown.kind === 'syncing' || delayMs <= 0) {
      show(glance);
      return;
    }
    const settled = settledGlanceOf(state);
    if (isProblem(settled)) show(settled);
    cancel = setTimer(delayMs, () => {
      cancel = null;
      show(glance);
    });
  }

  return {
    take: (state) => {
      stopWaiting();
      const glance = glanceOf(state);
      if (glance.kind === 'syncing') {
        takeProgress(glance, state);
      } else {
        sinceMs = null;
        show(glance);
      }
    },
    dispose: stopWaiting,
  };
}

/** Both are made by `glanceOf`, with their fields in the same order. */
function isSame(one: Glance, other: Glance): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
