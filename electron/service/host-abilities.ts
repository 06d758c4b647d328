import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';

/** What only the host can do; null where it can't. */
export interface HostAbilities {
  /** The key leaves the clipboard again after a while, if it is still there. */
  readonly copyKey: ((key: string) => Promise<void>) | null;
  readonly copyText: ((text: string) => Promise<void>) | null;
  readonly openFile: ((path: string) => Promise<Result<void, AppError>>) | null;
  readonly autostart: Autostarter | null;
  readonly webLink: (() => string) | null;
}

/** Starting at login, as the system has it. */
export interface Autostarter {
  get(): Promise<boolean>;
  set(enabled: boolean): Promise<Result<void, AppError>>;
}

/** Of a host without a desktop. */
export const NO_ABILITIES: HostAbilities = {
  copyKey: null,
  copyText: null,
  openFile: null,
  autostart: null,
  webLink: null,
};
