import type { AppError } from '../errors.ts';
import { assertNever } from '../result.ts';
import type { AutoSyncState, Drift, Fight, TargetState, WatcherState } from '../schema/state.ts';
import { describeError } from './describe-error.ts';
import { describeRemoteFault } from './describe-remote-fault.ts';
import { describeProxy } from './describe-proxy.ts';
import { describeReason } from './describe-reason.ts';
import * as m from './generated/messages.js';
import { listNames } from './list-names.ts';

/** What was written, from the operations of its record: `add glm, km; remove hf`. What was left alone is not told. */
export function describeWritten(
  id: number,
  operations: readonly { readonly op: string; readonly profile: string; readonly prefix: string }[],
): string {
  const kinds = [...new Set(operations.map(({ op }) => op))].filter((op) => op !== 'leave');
  if (kinds.length === 0) return m.change_written_only({ id });
  const parts = kinds.map((kind) => {
    const names = operations.filter(({ op }) => op === kind).map(({ profile, prefix }) => profile || prefix);
    return `${kind} ${listNames(names)}`;
  });
  return m.change_written({ id, what: parts.join('; ') });
}

export function describeDrift({ by, profiles }: Drift): string {
  return m.change_drift({ by: describeFighter(by), names: listNames(profiles) });
}

export function describeFight({ profile, field, times, by }: Fight): string {
  return m.change_fight({ name: profile, field, times, by: describeFighter(by) });
}

/** How a target stands now, in a line. */
export function describeTarget({ state, error, proxy }: TargetState): string {
  switch (state) {
    case 'starting':
      return m.change_starting();
    case 'error':
      return m.change_error({ what: error === null ? state : withoutName(error.error) });
    case 'auth-failed':
      return error === null ? m.change_auth_failed() : withoutName(error.error);
    case 'offline':
      return error === null ? m.change_offline() : withoutName(error.error);
    case 'review':
      return m.change_review();
    case 'not-loaded':
      if (error !== null) return withoutName(error.error);
      return proxy === null ? m.change_not_loaded() : describeProxy(proxy).what;
    case 'pending':
      return m.change_pending();
    case 'released':
      return m.change_released();
    case 'in-sync':
      return m.change_in_sync();
    case 'empty':
      return m.change_empty();
    default:
      return assertNever(state);
  }
}

/** The name of a server stands before the line already. */
function withoutName(error: AppError): string {
  return error.code === 'remote-fault' ? describeRemoteFault(error.fault).what : describeError(error).what;
}

export function describeWatcher(watcher: WatcherState): string {
  switch (watcher.state) {
    case 'starting':
      return m.change_starting();
    case 'running':
      return m.change_watcher_running();
    case 'polling':
      // Of a watcher ENOSPC does not speak of the disk: its limit of watched places is reached.
      if (watcher.why === 'ENOSPC') return m.change_watcher_exhausted();
      return m.change_watcher_polling({ why: describeReason(watcher.why) });
    case 'degraded':
      return m.change_watcher_degraded({ path: watcher.path, why: describeReason(watcher.why) });
    case 'stopped':
      return m.change_watcher_stopped();
    default:
      return assertNever(watcher);
  }
}

/** `timeOf` tells a moment (ms since the epoch) as people of this place do. */
export function describeAutoSync(
  { enabled, source, pausedUntilMs }: AutoSyncState,
  timeOf: (moment: number) => string,
): string {
  if (pausedUntilMs !== null) return m.change_auto_paused({ time: timeOf(pausedUntilMs) });
  if (source === 'never-known') return m.change_auto_unknown();
  return enabled ? m.change_auto_on() : m.change_auto_off();
}

/** Who changes our entries, as far as it can be told. */
export function describeFighter(by: Fight['by']): string {
  switch (by) {
    case 'ccs':
      return m.change_by_ccs();
    case 'proxy':
      return m.change_by_proxy();
    case 'unknown':
      return m.change_by_unknown();
    default:
      return assertNever(by);
  }
}
