import type { AppError } from '../../../shared/errors.ts';
import { assertNever } from '../../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import type { Disposable } from '../support/disposable.ts';
import { createAlarm } from './alarm.ts';
import { policyFor, remoteDelayMs, type RemotePolicy, type Rest } from './remote-policy.ts';

/** What one remote waits for after a failure, and the timer for it. */
export interface RemoteRest extends Disposable {
  state(): Rest;
  /** Returns when it is tried again, in milliseconds since the epoch; null: not by itself. */
  failed(error: AppError, how: { readonly isRetried: boolean }): number | null;
  /** Nothing is in the way any more. */
  over(): void;
  /** It is not tried again by itself for now. */
  hold(): void;
}

/** Calls `retry` when a fault may have passed; `onChange` each time another thing is waited for. */
export function createRemoteRest(options: {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly retry: () => void;
  readonly onChange: () => void;
}): RemoteRest {
  const { clock, random, retry, onChange } = options;
  const alarm = createAlarm(clock, retry);
  let rest: Rest = { kind: 'none' };
  let failures = 0;

  function become(next: Rest, atMs: number | null): number | null {
    rest = next;
    alarm.set(atMs);
    onChange();
    return atMs;
  }

  function dueMs(policy: RemotePolicy): number | null {
    switch (policy.kind) {
      case 'back-off':
        return clock.now() + remoteDelayMs(failures, random());
      case 'until':
        return policy.atMs;
      case 'every':
        return clock.now() + policy.everyMs;
      case 'connection':
      case 'change':
        return null;
      default:
        return assertNever(policy);
    }
  }

  return {
    state: () => rest,
    failed: (error, { isRetried }) => {
      const policy = policyFor(error, clock.now());
      failures = policy.kind === 'back-off' ? failures + 1 : 0;
      return become(policy, isRetried ? dueMs(policy) : null);
    },
    over: () => {
      failures = 0;
      become({ kind: 'none' }, null);
    },
    hold: () => alarm.set(null),
    dispose: () => alarm.dispose(),
  };
}
