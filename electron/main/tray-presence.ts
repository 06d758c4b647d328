import type { Clock } from '../core/support/clock.ts';
import type { Disposable } from '../core/support/disposable.ts';

/** A panel that starts together with us gets this long, in milliseconds; one that should be there already, less. */
const PATIENCE_AT_LOGIN_MS = 30_000;
const PATIENCE_BY_HAND_MS = 5000;

export interface PresenceOptions {
  readonly clock: Clock;
  readonly startedAtLogin: boolean;
  /** The first place for the icon came up after it was made: Electron's tray has to be made anew. */
  readonly onAppear: () => void;
  /** There is none, and there was time for it. Called once at most. */
  readonly onMissing: () => void;
  readonly onChange: () => void;
}

/** Whether the desktop shows our icon. */
export interface TrayPresence extends Disposable {
  /** Before anything is known it counts as there. */
  isThere(): boolean;
  set(isThere: boolean): void;
}

export function createTrayPresence(options: PresenceOptions): TrayPresence {
  const { clock, startedAtLogin, onAppear, onMissing, onChange } = options;
  let known: boolean | null = null;
  let wasThere = false;
  const patienceMs = startedAtLogin ? PATIENCE_AT_LOGIN_MS : PATIENCE_BY_HAND_MS;
  const patience = clock.setTimer(patienceMs, () => {
    if (known === false) onMissing();
  });
  return {
    isThere: () => known ?? true,
    set: (isThere) => {
      const before = known;
      if (isThere === before) return;
      known = isThere;
      // A panel that comes back finds the icon again by itself, and a second one would show for a moment. At login the
      // panel may have come up between our icon and this answer.
      if (isThere && !wasThere && (before === false || startedAtLogin)) onAppear();
      wasThere ||= isThere;
      onChange();
    },
    dispose: () => patience.dispose(),
  };
}
