import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { Settings, SettingsChange } from '../../shared/schema/settings.ts';
import type { AppState, AutoSyncState } from '../../shared/schema/state.ts';
import type { Core } from './core.ts';
import type { Disposable } from './support/disposable.ts';

/**
 * The engine as it lives in a service: it watches, syncs by itself, and knows its state at every moment. Its sync,
 * undo and the like are the core's, one at a time with the automatic ones.
 */
export interface LiveCore extends Core {
  state(): AppState;
  /** Whole states, coalesced; the present one at once. */
  subscribe(listener: (state: AppState) => void): Disposable;
  setAutoSync(change: {
    readonly mode: AutoSyncState['mode'];
    readonly enabled: boolean;
  }): Promise<Result<void, AppError>>;
  /** Milliseconds since the epoch; null resumes. */
  setPause(untilMs: number | null): Promise<Result<void, AppError>>;
  settings(): Settings;
  /** Auto-sync and pause are changed by methods of their own. */
  setSettings(change: SettingsChange): Promise<Result<Settings, AppError>>;
  /** Ends a hold, so that the next sync brings the profile in line. `target` absent: the local file's. */
  releaseHold(profile: string, target?: string): Promise<Result<void, AppError>>;
  /** Something outside says that the world may have changed: a wake from sleep, a network that came back. */
  hint(): void;
  /** Waits for a write that is going on, then lets go of everything. Again does nothing. */
  shutDown(): Promise<void>;
}
