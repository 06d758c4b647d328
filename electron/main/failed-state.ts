import type { AppError } from '../../shared/errors.ts';
import type { AppState, Capabilities } from '../../shared/schema/state.ts';
import { type CoreDeps, createContext } from '../core/core.ts';

/** What the failure of a service is shown with. */
export interface FailedService {
  readonly error: AppError;
  /** When it is tried again, in milliseconds since the epoch; null: when something ends. */
  readonly retryAtMs: number | null;
  readonly deps: CoreDeps;
  readonly version: string;
  readonly capabilities: Capabilities;
  readonly revision: number;
}

/** The state of a desktop that has no service: the error stands where every other error of a target does. */
export function failedState(failed: FailedService): AppState {
  const { error, retryAtMs, deps, version, capabilities, revision } = failed;
  const context = createContext(deps);
  const ccsDirectory = context.ok ? context.value.ccsDirectory : '';
  return {
    revision,
    ccsDirectory,
    activity: { kind: 'idle' },
    watcher: { state: 'stopped' },
    autoSync: { mode: 'follow-ccs', enabled: false, source: 'never-known', pausedUntilMs: null },
    profiles: [],
    targets: [
      {
        id: 'local',
        name: 'local',
        path: ccsDirectory,
        state: 'error',
        error: { error, retryAtMs },
        plan: null,
        fights: [],
        lastDrift: null,
        proxy: null,
        lastSyncMs: null,
        lastRecord: null,
      },
    ],
    catalog: null,
    capabilities,
    service: { pid: process.pid, host: 'tray', version },
  };
}
