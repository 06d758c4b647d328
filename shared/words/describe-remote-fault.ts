import { assertNever } from '../result.ts';
import type { RemoteFault } from '../schema/remote.ts';
import { describeTimeOfDay } from './describe-time.ts';
import * as m from './generated/messages.js';
import { getLocale } from './generated/runtime.js';
import { listNames } from './list-names.ts';
import { wordsOf, type WordTable } from './word-table.ts';
import type { Wording } from './wording.ts';

/** Why a server was not read or written, and what a person can do. Its name stands elsewhere. */
export function describeRemoteFault(fault: RemoteFault): Wording {
  switch (fault.code) {
    case 'unreachable': {
      const reason = reasonIn(UNREACHABLE, fault.reason);
      return { what: m.remote_unreachable({ reason }), next: m.remote_unreachable_next() };
    }
    case 'timeout':
      return { what: m.remote_timeout(), next: m.remote_timeout_next() };
    case 'tls-untrusted':
    case 'tls-changed':
    case 'plain-http':
      return protection(fault);
    case 'no-key':
    case 'wrong-key':
    case 'forbidden':
    case 'banned':
      return access(fault);
    case 'api-off':
    case 'server-error':
    case 'rejected':
    case 'redirect':
    case 'bad-answer':
      return answer(fault);
    case 'deaf':
      return { what: m.remote_deaf(), next: m.remote_deaf_next() };
    case 'drops-fields':
      return {
        what: m.remote_drops_fields({ fields: listNames(fault.fields) }),
        next: m.remote_drops_fields_next(),
      };
    case 'keeps-changing':
      return { what: m.remote_keeps_changing(), next: m.remote_keeps_changing_next() };
    default:
      return assertNever(fault);
  }
}

type Of<Code extends RemoteFault['code']> = Extract<RemoteFault, { code: Code }>;

function protection(fault: Of<'tls-untrusted' | 'tls-changed' | 'plain-http'>): Wording {
  switch (fault.code) {
    case 'tls-untrusted': {
      const reason = reasonIn(UNTRUSTED, fault.reason);
      return fault.fingerprint === null
        ? { what: m.remote_no_tls({ reason }), next: m.remote_no_tls_next() }
        : { what: m.remote_untrusted({ reason }), next: m.remote_untrusted_next() };
    }
    case 'tls-changed':
      return { what: m.remote_changed(), next: m.remote_changed_next() };
    case 'plain-http':
      return { what: m.remote_plain_http(), next: m.remote_plain_http_next() };
    default:
      return assertNever(fault);
  }
}

function access(fault: Of<'no-key' | 'wrong-key' | 'forbidden' | 'banned'>): Wording {
  switch (fault.code) {
    case 'no-key':
      return NO_KEY[fault.source]();
    case 'wrong-key':
      return { what: m.remote_wrong_key(), next: m.remote_wrong_key_next() };
    case 'forbidden':
      return { what: m.remote_forbidden(), next: m.remote_forbidden_next() };
    case 'banned': {
      if (fault.untilMs === null) return { what: m.remote_banned(), next: m.remote_banned_next() };
      const time = describeTimeOfDay(fault.untilMs, getLocale());
      return { what: m.remote_banned_until({ time }), next: m.remote_banned_until_next() };
    }
    default:
      return assertNever(fault);
  }
}

function answer(fault: Of<'api-off' | 'server-error' | 'rejected' | 'redirect' | 'bad-answer'>): Wording {
  switch (fault.code) {
    case 'api-off':
      return { what: m.remote_api_off(), next: m.remote_api_off_next() };
    case 'server-error':
      return { what: m.remote_server_error({ status: fault.status }), next: m.remote_server_error_next() };
    case 'rejected':
      return { what: m.remote_rejected({ status: fault.status }), next: m.remote_rejected_next() };
    case 'redirect': {
      const what = fault.to === null ? m.remote_redirect() : m.remote_redirect_to({ to: fault.to });
      return { what, next: m.remote_redirect_next() };
    }
    case 'bad-answer':
      return { what: m.remote_bad_answer(), next: m.remote_bad_answer_next() };
    default:
      return assertNever(fault);
  }
}

const NO_KEY: Readonly<Record<Of<'no-key'>['source'], () => Wording>> = {
  file: () => ({ what: m.remote_no_key(), next: m.remote_no_key_next() }),
  environment: () => ({ what: m.remote_no_key_environment(), next: m.remote_no_key_environment_next() }),
  keyring: () => ({ what: m.remote_no_key_keyring(), next: m.remote_no_key_keyring_next() }),
};

/** Codes of Node's sockets that people meet. */
const UNREACHABLE: WordTable = {
  ECONNREFUSED: () => m.remote_nothing_listens(),
  ENOTFOUND: () => m.remote_name_unknown(),
  EAI_AGAIN: () => m.remote_name_unknown(),
  EHOSTUNREACH: () => m.remote_no_way(),
  EHOSTDOWN: () => m.remote_no_way(),
  ENETUNREACH: () => m.remote_no_way(),
  ENETDOWN: () => m.remote_no_way(),
  ECONNRESET: () => m.remote_cut(),
  EPIPE: () => m.remote_cut(),
  ETIMEDOUT: () => m.remote_too_slow(),
};

/** Codes of OpenSSL and Node for certificates. */
const UNTRUSTED: WordTable = {
  DEPTH_ZERO_SELF_SIGNED_CERT: () => m.remote_untrusted_self_signed(),
  SELF_SIGNED_CERT_IN_CHAIN: () => m.remote_untrusted_self_signed(),
  UNABLE_TO_GET_ISSUER_CERT: () => m.remote_untrusted_self_signed(),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: () => m.remote_untrusted_self_signed(),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => m.remote_untrusted_self_signed(),
  CERT_HAS_EXPIRED: () => m.remote_untrusted_expired(),
  CERT_NOT_YET_VALID: () => m.remote_untrusted_early(),
  ERR_TLS_CERT_ALTNAME_INVALID: () => m.remote_untrusted_name(),
  HOSTNAME_MISMATCH: () => m.remote_untrusted_name(),
  CERT_REVOKED: () => m.remote_untrusted_revoked(),
};

function reasonIn(table: WordTable, code: string): string {
  return wordsOf(table, code) ?? m.reason_unknown({ code });
}
