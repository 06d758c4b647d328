import type { ReadProfileFile } from '../profiles/profile-readings.ts';
import type { CcsConfigReading } from '../profiles/read-ccs-config.ts';
import type { Clock } from '../support/clock.ts';
import type { Environment } from '../support/environment.ts';
import type { Keyring } from '../targets/target-keys.ts';

/** What the engine is given by its host. */
export interface SyncContext {
  readonly env: Environment;
  /** The user's home folder, if there is one. */
  readonly homedir: string | null;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly ccsDirectory: string;
  readonly stateFolder: string;
  /** How a profile file is read: anew each time, unless somebody remembers. */
  readonly readProfile?: ReadProfileFile | undefined;
  /** CCS's settings as they were last read: parsed anew only where the file says something else. */
  readonly lastCcsConfig?: CcsConfigReading | undefined;
  /** The operating system's, where the host can reach it. */
  readonly keyring?: Keyring | null | undefined;
}
