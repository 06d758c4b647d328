import type { AppError, ProfileError } from '../errors.ts';
import { assertNever } from '../result.ts';
import { describeReason } from './describe-reason.ts';
import { refusalNext, refusalProblem } from './describe-refusal.ts';
import { faultFix, faultWord } from './describe-skip.ts';
import * as m from './generated/messages.js';
import type { Wording } from './wording.ts';

/** What went wrong with a profile or with CCS's registry of them, and what the user can do. */
export function describeProfileError(error: ProfileError): Wording {
  switch (error.code) {
    case 'profile-name-invalid':
      return { what: nameWords[error.why]({ name: error.name }), next: m.error_profile_name_next() };
    case 'profile-exists':
      return { what: m.error_profile_exists({ name: error.name }), next: m.error_profile_name_next() };
    case 'profile-changed-since':
      return {
        what: m.error_profile_changed_since({ name: error.name }),
        next: m.error_profile_changed_since_next(),
      };
    case 'profile-unreadable': {
      const fault = faultWord(error.detail);
      const what = m.error_profile_unreadable({ fault, place: placeOf(error.path, error.line) });
      return { what, next: faultFix(error.detail) };
    }
    case 'profile-unwritable': {
      const { path } = error;
      const what = m.error_profile_unwritable({ path, reason: describeReason(error.reason) });
      return { what, next: m.error_profile_unwritable_next() };
    }
    case 'profile-not-alone':
      return notAlone(error);
    case 'profile-value-invalid':
      return { what: valueWords[error.field](), next: m.error_profile_value_next() };
    case 'profile-without-key':
      return {
        what: m.error_profile_without_key({ name: error.name }),
        next: m.error_profile_without_key_next(),
      };
    case 'raw-invalid': {
      const problem = error.detail === 'not-json' ? m.error_raw_not_json() : m.error_raw_invalid();
      const what = error.line === null ? problem : m.fault_at_line({ fault: problem, line: error.line });
      return { what, next: m.error_raw_next() };
    }
    case 'marker-changed': {
      const problem = m.error_marker_changed();
      const what = error.line === null ? problem : m.fault_at_line({ fault: problem, line: error.line });
      return { what, next: m.error_marker_changed_next() };
    }
    case 'unknown-preset':
      return { what: m.error_unknown_preset({ name: error.name }), next: m.error_unknown_preset_next() };
    case 'preset-incomplete':
      return error.missing === 'key'
        ? { what: m.error_preset_key({ preset: error.preset }), next: m.error_preset_key_next() }
        : { what: m.error_preset_resource({ preset: error.preset }), next: m.error_preset_resource_next() };
    case 'unknown-deleted':
      return { what: m.error_unknown_deleted(), next: m.error_unknown_deleted_next() };
    case 'ccs-config-locked':
    case 'ccs-config-refused':
    case 'ccs-config-unusable':
    case 'ccs-config-old':
      return ccsConfigError(error);
    default:
      return assertNever(error);
  }
}

type Of<Code extends AppError['code']> = Extract<AppError, { readonly code: Code }>;

const nameWords: Readonly<Record<Of<'profile-name-invalid'>['why'], (of: { name: string }) => string>> = {
  form: (of) => m.error_profile_name_form(of),
  'too-long': (of) => m.error_profile_name_long(of),
  reserved: (of) => m.error_profile_name_reserved(of),
};

const valueWords: Readonly<Record<Of<'profile-value-invalid'>['field'], () => string>> = {
  'base-url': () => m.error_profile_value_base_url(),
  model: () => m.error_profile_value_model(),
  key: () => m.error_profile_value_key(),
  secret: () => m.error_profile_value_secret(),
};

function notAlone({ name, path, other }: Of<'profile-not-alone'>): Wording {
  return other === null
    ? { what: m.error_profile_of_claude({ name, path }), next: m.error_profile_of_claude_next() }
    : { what: m.error_profile_shared({ path, other }), next: m.error_profile_shared_next() };
}

function ccsConfigError(
  error: Of<'ccs-config-locked' | 'ccs-config-refused' | 'ccs-config-unusable' | 'ccs-config-old'>,
): Wording {
  const { path } = error;
  switch (error.code) {
    case 'ccs-config-locked':
      return {
        what: m.error_ccs_config_locked({ pid: error.pid }),
        next: m.error_ccs_config_locked_next({ path }),
      };
    case 'ccs-config-refused': {
      const place = placeOf(path, error.refusal.line);
      const what = m.error_ccs_config_refused({ place, problem: refusalProblem(error.refusal) });
      return { what, next: refusalNext(error.refusal) };
    }
    case 'ccs-config-unusable': {
      const what = m.error_ccs_config_unusable({ path, reason: describeReason(error.reason) });
      return { what, next: m.error_ccs_config_unusable_next() };
    }
    case 'ccs-config-old':
      return { what: m.error_ccs_config_old({ path }), next: m.error_ccs_config_old_next() };
    default:
      return assertNever(error);
  }
}

/** As terminals and editors take it: `glm.settings.json:4`. */
function placeOf(path: string, line: number | null): string {
  return line === null ? path : `${path}:${line}`;
}
