import type { Clock } from '../support/clock.ts';
import type { Environment } from '../support/environment.ts';

/** What the engine is given by its host. */
export interface SyncContext {
  readonly env: Environment;
  /** The user's home folder, if there is one. */
  readonly homedir: string | null;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly ccsDirectory: string;
  readonly stateFolder: string;
}
