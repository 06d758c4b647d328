import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import type { MethodInput } from '../../shared/contract.ts';
import type { AutoSyncState } from '../../shared/schema/state.ts';

/** How long the state may take to confirm what the service has agreed to, in milliseconds. */
const CONFIRMED_WITHIN_MS = 3000;

/** A change of auto-sync or pause: busy until the state confirms it, and back with the reason where it fails. */
export interface AutoSyncFlow {
  readonly isBusy: boolean;
  /** What the switch shows meanwhile; null: as the state says. */
  readonly wanted: boolean | null;
  readonly error: AppError | null;
  set(change: MethodInput<'autoSync.set'>): Promise<void>;
  /** Milliseconds since the epoch; null resumes. */
  pause(untilMs: number | null): Promise<void>;
  /** To be told each state. */
  confirm(state: AutoSyncState): void;
  dispose(): void;
}

export function createAutoSyncFlow(client: Client): AutoSyncFlow {
  let isConfirmed = $state.raw<((state: AutoSyncState) => boolean) | null>(null);
  let wanted = $state<boolean | null>(null);
  let error = $state.raw<AppError | null>(null);
  let last: AutoSyncState | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settle = (): void => {
    clearTimeout(timer);
    isConfirmed = null;
    wanted = null;
  };
  const follow = async (
    call: Promise<{ readonly ok: true } | { readonly ok: false; readonly error: AppError }>,
  ): Promise<void> => {
    error = null;
    const answer = await call;
    if (!answer.ok) {
      error = answer.error;
      settle();
    } else if (last !== null && isConfirmed?.(last) === true) {
      settle();
    } else {
      timer = setTimeout(settle, CONFIRMED_WITHIN_MS);
    }
  };
  return {
    get isBusy() {
      return isConfirmed !== null;
    },
    get wanted() {
      return wanted;
    },
    get error() {
      return error;
    },
    set: (change) => {
      if (isConfirmed !== null) return Promise.resolve();
      wanted = change.enabled;
      isConfirmed = ({ mode, enabled }) => mode === change.mode && enabled === change.enabled;
      return follow(client.call('autoSync.set', change));
    },
    pause: (untilMs) => {
      if (isConfirmed !== null) return Promise.resolve();
      isConfirmed = ({ pausedUntilMs }) => pausedUntilMs === untilMs;
      return follow(client.call('pause.set', { untilMs }));
    },
    confirm: (state) => {
      last = state;
      if (isConfirmed?.(state) === true) settle();
    },
    dispose: () => clearTimeout(timer),
  };
}
