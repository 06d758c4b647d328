import { type Holder, type StandingTime, startStanding } from './standing-time.ts';

/** How long an offered Undo stands, in milliseconds; it waits while the pointer or the focus is on it. */
const STANDS_MS = 10_000;

/** Something that just happened, with the way back where there is one: a toast offers nothing else. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo: (() => Promise<void> | void) | null;
}

export interface Toasts {
  readonly shown: readonly Toast[];
  offer(text: string, undo: NonNullable<Toast['undo']>): void;
  /** Says what leaves nothing behind that could say it. */
  tell(text: string): void;
  /** Takes back the latest; what Ctrl+Z does outside of a field. */
  undoLatest(): void;
  undo(id: number): void;
  dismiss(id: number): void;
  /** While the pointer or the focus is on it, it stays. */
  hold(id: number, by: Holder, isHeld: boolean): void;
  dispose(): void;
}

export function createToasts(): Toasts {
  let shown = $state.raw<readonly Toast[]>([]);
  let lastId = 0;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is shown of it
  const standing = new Map<number, StandingTime>();

  const dismiss = (id: number): void => {
    standing.get(id)?.end();
    standing.delete(id);
    shown = shown.filter((toast) => toast.id !== id);
  };
  const undo = (id: number): void => {
    const toast = shown.find((one) => one.id === id);
    dismiss(id);
    void toast?.undo?.();
  };
  const show = (text: string, take: Toast['undo']): void => {
    const id = (lastId += 1);
    shown = [...shown, { id, text, undo: take }];
    standing.set(
      id,
      startStanding(STANDS_MS, () => dismiss(id)),
    );
  };
  return {
    get shown() {
      return shown;
    },
    offer: show,
    tell: (text) => show(text, null),
    undoLatest: () => {
      const latest = shown.filter((toast) => toast.undo !== null).at(-1);
      if (latest !== undefined) undo(latest.id);
    },
    undo,
    dismiss,
    hold: (id, by, isHeld) => standing.get(id)?.hold(by, isHeld),
    dispose: () => standing.forEach((one) => one.end()),
  };
}
