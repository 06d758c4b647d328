/** How long a key that was revealed stays to be seen, in milliseconds. */
export const REVEALED_MS = 30_000;

/** Calls back after a delay (ms); returns how to stop that. */
export type SetTimer = (delayMs: number, callback: () => void) => () => void;

/** A secret that is shown for a while, by a person's wish, and forgotten by itself. */
export interface RevealTimer {
  /** Shows a secret from now on; one that was shown is forgotten, its time begins anew. */
  show(secret: string): void;
  /** Forgets it now: the window lost the focus, another profile was chosen, the view is left. */
  hide(): void;
}

/** `onChange` is told what is to be seen, null once it is forgotten. */
export function createRevealTimer(
  setTimer: SetTimer,
  onChange: (secret: string | null) => void,
): RevealTimer {
  let stop: (() => void) | null = null;
  const hide = (): void => {
    if (stop === null) return;
    stop();
    stop = null;
    onChange(null);
  };
  return {
    show: (secret) => {
      stop?.();
      stop = setTimer(REVEALED_MS, hide);
      onChange(secret);
    },
    hide,
  };
}
