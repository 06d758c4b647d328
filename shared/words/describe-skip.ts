import { assertNever } from '../result.ts';
import type { ProfileFault, SkipReason } from '../schema/skip.ts';
import * as m from './generated/messages.js';
import { shellCommand } from './shell-word.ts';

export interface SkipWording {
  readonly why: string;
  /** Null where there is nothing to do. */
  readonly fix: string | null;
}

/** Why a profile is not synced, and what makes it so that it is. `profile` is its name, for commands. */
export function describeSkip(reason: SkipReason, profile: string): SkipWording {
  switch (reason.code) {
    case 'default-login':
      return { why: m.skip_default_login(), fix: null };
    case 'excluded': {
      const command = shellCommand('cliproxy-sync', 'exclude', '--remove', profile);
      return { why: m.skip_excluded(), fix: m.skip_excluded_fix({ command }) };
    }
    case 'not-chosen':
      return { why: m.skip_not_chosen(), fix: null };
    case 'other-target':
      return { why: m.skip_other_target({ target: reason.target }), fix: null };
    case 'missing-file': {
      const command = shellCommand('ccs', 'api', 'remove', profile);
      return { why: m.skip_missing_file(), fix: m.skip_missing_file_fix({ command }) };
    }
    case 'unreadable':
      return { why: faultAt(reason.detail, reason.line), fix: faultFix(reason.detail) };
    case 'proxy-loop':
      return { why: loopWords[reason.by](), fix: null };
    case 'ccs-internal':
      return { why: internalWords[reason.by](), fix: null };
    case 'copy':
      return { why: m.skip_copy({ of: reason.of }), fix: null };
    case 'missing-token':
      return reason.hasApiKey
        ? { why: m.skip_missing_token_api_key(), fix: m.skip_missing_token_api_key_fix() }
        : { why: m.skip_missing_token(), fix: m.skip_missing_token_fix() };
    case 'placeholder':
      return { why: m.skip_placeholder(), fix: m.skip_placeholder_fix() };
    case 'invalid-token':
      return { why: m.skip_invalid_token(), fix: m.skip_invalid_token_fix() };
    case 'invalid-name':
      return { why: m.skip_invalid_name(), fix: m.skip_invalid_name_fix() };
    case 'duplicate-prefix': {
      const { prefix, other } = reason;
      return { why: m.skip_duplicate_prefix({ prefix, other }), fix: m.skip_duplicate_prefix_fix() };
    }
    case 'prefix-taken': {
      const { prefix, line } = reason;
      if (line === null)
        return { why: m.skip_prefix_taken_server({ prefix }), fix: m.skip_prefix_taken_server_fix() };
      const command = shellCommand('cliproxy-sync', 'sync', profile, '--yes');
      return { why: m.skip_prefix_taken({ prefix, line }), fix: m.skip_prefix_taken_fix({ command }) };
    }
    default:
      return assertNever(reason);
  }
}

type By<Code extends SkipReason['code']> = Extract<SkipReason, { code: Code; by: string }>['by'];

const loopWords: Readonly<Record<By<'proxy-loop'>, () => string>> = {
  address: () => m.skip_proxy_loop_address(),
  'provider-path': () => m.skip_proxy_loop_provider_path(),
  'client-key': () => m.skip_proxy_loop_client_key(),
};

const internalWords: Readonly<Record<By<'ccs-internal'>, () => string>> = {
  'reserved-name': () => m.skip_ccs_internal_reserved_name(),
  'base-name': () => m.skip_ccs_internal_base_name(),
  'managed-token': () => m.skip_ccs_internal_managed_token(),
};

function faultAt(fault: ProfileFault, line: number | null): string {
  const words = faultWord(fault);
  return line === null ? words : m.fault_at_line({ fault: words, line });
}

/** What is wrong with a settings file: one clause. */
export function faultWord(fault: ProfileFault): string {
  return faultWords[fault]();
}

const faultWords: Readonly<Record<ProfileFault, () => string>> = {
  'not-found': () => m.fault_not_found(),
  'not-a-file': () => m.fault_not_a_file(),
  'no-permission': () => m.fault_no_permission(),
  'too-large': () => m.fault_too_large(),
  io: () => m.fault_io(),
  empty: () => m.fault_empty(),
  'not-utf8': () => m.fault_not_utf8(),
  'not-json': () => m.fault_not_json(),
  'not-object': () => m.fault_not_object(),
  'env-not-object': () => m.fault_env_not_object(),
  'env-not-strings': () => m.fault_env_not_strings(),
  'bad-characters': () => m.fault_bad_characters(),
};

/** What the user can do about it. */
export function faultFix(fault: ProfileFault): string {
  switch (fault) {
    case 'not-found':
      return m.fault_not_found_fix();
    case 'not-a-file':
      return m.fault_not_a_file_fix();
    case 'no-permission':
      return m.fault_no_permission_fix();
    case 'io':
      return m.fault_io_fix();
    case 'too-large':
    case 'empty':
    case 'not-utf8':
    case 'not-json':
    case 'not-object':
    case 'env-not-object':
    case 'env-not-strings':
    case 'bad-characters':
      return m.fault_text_fix();
    default:
      return assertNever(fault);
  }
}
