import type { AppErrorCode } from '../../../shared/errors.ts';
import type { Clock } from '../support/clock.ts';
import type { Disposable } from '../support/disposable.ts';

/** Whether trying the same again can help, or only a change that the watcher or a person brings. */
export type Remedy = 'retry' | 'wait-for-change';

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;

/**
 * `retry` is what passes by itself (a lock, a full disk) or changes where nobody watches (rights on a folder
 * further up, the state folder). What lies in the watched files themselves waits for their change.
 */
const REMEDIES: Readonly<Record<AppErrorCode, Remedy>> = {
  'no-home': 'wait-for-change',
  'ccs-directory-missing': 'wait-for-change',
  'ccs-directory-unreadable': 'retry',
  'registry-unreadable': 'wait-for-change',
  'target-missing': 'wait-for-change',
  'target-unreadable': 'retry',
  'target-not-utf8': 'wait-for-change',
  'target-refused': 'wait-for-change',
  'target-unwritable': 'retry',
  'target-keeps-changing': 'retry',
  'target-exists': 'wait-for-change',
  'disk-full': 'retry',
  locked: 'retry',
  'journal-conflict': 'wait-for-change',
  'state-unusable': 'retry',
  'unknown-profile': 'wait-for-change',
  'unknown-target': 'wait-for-change',
  'remote-fault': 'wait-for-change',
  'target-name-taken': 'wait-for-change',
  'target-url-taken': 'wait-for-change',
  'target-value-invalid': 'wait-for-change',
  'unknown-record': 'wait-for-change',
  'unknown-model': 'wait-for-change',
  'nothing-to-undo': 'wait-for-change',
  'record-without-bytes': 'wait-for-change',
  'ccs-creates-target': 'wait-for-change',
  'service-runs': 'wait-for-change',
  'service-other-version': 'wait-for-change',
  'service-gone': 'retry',
  'service-failed': 'wait-for-change',
  'service-busy': 'retry',
  'unknown-method': 'wait-for-change',
  'bad-input': 'wait-for-change',
  'signed-out': 'wait-for-change',
  'request-refused': 'wait-for-change',
  'not-offered': 'wait-for-change',
  'cannot-listen': 'wait-for-change',
  'profile-name-invalid': 'wait-for-change',
  'profile-exists': 'wait-for-change',
  'profile-changed-since': 'wait-for-change',
  'profile-unreadable': 'retry',
  'profile-unwritable': 'retry',
  'profile-not-alone': 'wait-for-change',
  'profile-value-invalid': 'wait-for-change',
  'profile-without-key': 'wait-for-change',
  'raw-invalid': 'wait-for-change',
  'marker-changed': 'wait-for-change',
  'unknown-preset': 'wait-for-change',
  'preset-incomplete': 'wait-for-change',
  'unknown-deleted': 'wait-for-change',
  'ccs-config-locked': 'retry',
  'ccs-config-refused': 'wait-for-change',
  'ccs-config-unusable': 'retry',
  'ccs-config-old': 'wait-for-change',
};

export function remedyFor(code: AppErrorCode): Remedy {
  return REMEDIES[code];
}

/** The delay before the next try after so many failures in a row (1 and more): 1, 2, 4 … 60 s, in milliseconds. */
export function retryDelayMs(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
}

export interface BackOff extends Disposable {
  /** Returns when it is tried again, in milliseconds since the epoch; null: when something changes. */
  failed(code: AppErrorCode): number | null;
  succeeded(): void;
}

/** Calls `retry` once after each failure where that can help, later with each failure in a row. */
export function createBackOff({
  clock,
  retry,
}: {
  readonly clock: Clock;
  readonly retry: () => void;
}): BackOff {
  let failures = 0;
  let timer: Disposable | null = null;

  function reset(): void {
    timer?.dispose();
    timer = null;
    failures = 0;
  }

  return {
    failed: (code) => {
      if (remedyFor(code) === 'wait-for-change') {
        reset();
        return null;
      }
      timer?.dispose();
      failures += 1;
      const delayMs = retryDelayMs(failures);
      timer = clock.setTimer(delayMs, retry);
      return clock.now() + delayMs;
    },
    succeeded: reset,
    dispose: reset,
  };
}
