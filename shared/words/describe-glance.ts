import type { AppError } from '../errors.ts';
import { assertNever } from '../result.ts';
import type { ProxyObservation } from '../schema/observation.ts';
import type { Glance } from '../state/glance.ts';
import { describeError } from './describe-error.ts';
import { describeRefusal } from './describe-refusal.ts';
import * as m from './generated/messages.js';

type Of<Kind extends Glance['kind']> = Extract<Glance, { kind: Kind }>;

/** What the words of this place are made with. */
export interface GlanceWords {
  /** Tells a moment of today or tomorrow (ms since the epoch) as people of this place do, as in `14:30`. */
  readonly timeOf: (moment: number) => string;
}

/** The headline: one clause for the tray's first row, its tooltip and the Overview. */
export function describeGlance(glance: Glance, { timeOf }: GlanceWords): string {
  switch (glance.kind) {
    case 'starting':
      return m.change_starting();
    case 'syncing':
      return glance.profiles === 0 ? m.cli_syncing() : m.glance_syncing({ count: glance.profiles });
    case 'error':
      return glance.error === null ? m.change_watcher_stopped() : failureWords(glance.error);
    case 'auth-failed':
      return refusedWords(glance, timeOf);
    case 'review':
      return m.status_review({ count: glance.changes });
    case 'offline':
      return awayWords(glance);
    case 'not-loaded':
      if (glance.name !== null) return restartWords({ name: glance.name, count: glance.profiles });
      return glance.profiles === 0 ? m.glance_ghosts() : m.glance_not_loaded({ count: glance.profiles });
    case 'paused':
      return m.glance_paused({ time: timeOf(glance.untilMs) });
    case 'auto-sync-off':
      return m.change_auto_off();
    case 'released':
      return m.status_released();
    case 'empty':
      return m.glance_empty();
    case 'synced':
      return syncedWords(glance);
    default:
      return assertNever(glance);
  }
}

/** Why a server does not let us in: each asks for something else. */
function refusedWords({ name, fault }: Of<'auth-failed'>, timeOf: GlanceWords['timeOf']): string {
  switch (fault?.code) {
    case 'no-key':
      return m.glance_no_key({ name });
    case 'forbidden':
      return m.glance_forbidden({ name });
    case 'banned':
      return fault.untilMs === null
        ? m.glance_banned({ name })
        : m.glance_banned_until({ name, time: timeOf(fault.untilMs) });
    default:
      return m.glance_auth_failed({ name });
  }
}

function awayWords({ name, changes: count, fault }: Of<'offline'>): string {
  const answers = fault?.code === 'server-error' || fault?.code === 'bad-answer';
  if (count === 0) return answers ? m.glance_faulty({ name }) : m.glance_offline({ name });
  return answers ? m.glance_faulty_waiting({ name, count }) : m.glance_offline_waiting({ name, count });
}

function restartWords({ name, count }: { readonly name: string; readonly count: number }): string {
  return count === 0 ? m.glance_restart({ name }) : m.glance_restart_waiting({ name, count });
}

/** Files by their last name: the headline is short, and the place in full stands where it leads to. */
function failureWords(error: AppError): string {
  switch (error.code) {
    case 'target-refused':
    case 'ccs-config-refused':
      return m.glance_failed_at({ file: lastName(error.path), problem: describeRefusal(error.refusal) });
    case 'target-unreadable':
    case 'target-not-utf8':
    case 'target-unwritable':
      return m.glance_failed({ what: describeError({ ...error, path: lastName(error.path) }).what });
    case 'remote-fault':
      return certificateWords(error) ?? describeError(error).what;
    default:
      return describeError('path' in error ? { ...error, path: lastName(error.path) } : error).what;
  }
}

/** The sentence of a certificate takes three lines of a headline; its card says the rest. */
function certificateWords({
  target: name,
  fault,
}: Extract<AppError, { code: 'remote-fault' }>): string | null {
  if (fault.code === 'tls-changed') return m.glance_certificate_changed({ name });
  if (fault.code !== 'tls-untrusted') return null;
  return fault.fingerprint === null ? m.glance_no_tls({ name }) : m.glance_untrusted({ name });
}

function lastName(path: string): string {
  return (
    path
      .split(/[/\\]/)
      .filter((part) => part !== '')
      .at(-1) ?? path
  );
}

function syncedWords({ profiles, held, proxy }: Of<'synced'>): string {
  if (profiles === 0) return held > 0 ? m.status_held({ count: held }) : m.status_no_profiles();
  if (proxy?.state === 'not-running') return m.glance_synced_not_running({ count: profiles });
  return proxy?.state === 'unverified'
    ? m.glance_unchecked({ count: profiles, why: unverifiedClause[proxy.why]() })
    : m.outcome_synced({ count: profiles });
}

type Unverified = Extract<ProxyObservation, { state: 'unverified' }>['why'];

const unverifiedClause: Readonly<Record<Unverified, () => string>> = {
  'only-credentials-changed': () => m.glance_only_credentials(),
  'nothing-to-check': () => m.glance_nothing_to_check(),
  'no-api-key': () => m.glance_no_api_key(),
  'api-key-refused': () => m.glance_api_key_refused(),
  'no-model-list': () => m.glance_no_model_list(),
  'other-program': () => m.glance_other_program(),
  'other-config': () => m.glance_other_config(),
  'no-answer': () => m.glance_no_answer(),
  unreachable: () => m.glance_unreachable(),
  'tls-failed': () => m.glance_tls_failed(),
};
