import type { AppError } from '../../shared/errors.ts';
import type { AppState, Capabilities } from '../../shared/schema/state.ts';
import { type CoreDeps, createContext } from '../core/core.ts';
import { reduce, startingState } from '../core/state/reduce.ts';

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
  const path = ccsDirectory;
  const starting = startingState(
    { ccsDirectory, capabilities, service: { pid: process.pid, host: 'tray', version } },
    {
      path,
      autoSync: { mode: 'follow-ccs', enabled: false, source: 'never-known', pausedUntilMs: null },
    },
  );
  const stopped = reduce(starting, { kind: 'watcher', watcher: { state: 'stopped' } });
  return { ...reduce(stopped, { kind: 'failed', error: { error, retryAtMs }, path }), revision };
}
