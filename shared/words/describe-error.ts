import type { AppError } from '../errors.ts';
import { assertNever } from '../result.ts';
import { describeProfileError } from './describe-profile-error.ts';
import { describeReason } from './describe-reason.ts';
import { describeSetUpError } from './describe-set-up-error.ts';
import { describeServiceError } from './describe-service-error.ts';
import { refusalNext, refusalProblem } from './describe-refusal.ts';
import * as m from './generated/messages.js';
import { shellCommand } from './shell-word.ts';
import type { Wording } from './wording.ts';

/** What went wrong, with file and line where there is one, and what the user can do. */
export function describeError(error: AppError): Wording {
  switch (error.code) {
    case 'no-home':
      return { what: m.error_no_home(), next: m.error_no_home_next() };
    case 'ccs-directory-missing':
    case 'ccs-directory-unreadable':
    case 'registry-unreadable':
      return ccsError(error);
    case 'target-missing':
    case 'target-unreadable':
    case 'target-not-utf8':
    case 'target-refused':
    case 'target-unwritable':
    case 'target-keeps-changing':
    case 'target-exists':
    case 'ccs-creates-target':
      return targetError(error);
    case 'disk-full':
      return { what: m.error_disk_full({ path: error.path }), next: m.error_disk_full_next() };
    case 'locked':
    case 'journal-conflict':
    case 'state-unusable':
      return stateError(error);
    case 'service-runs':
    case 'service-other-version':
    case 'service-gone':
    case 'service-failed':
    case 'service-busy':
    case 'unknown-method':
    case 'bad-input':
    case 'signed-out':
    case 'request-refused':
    case 'not-offered':
    case 'cannot-listen':
      return describeServiceError(error);
    case 'profile-name-invalid':
    case 'profile-exists':
    case 'profile-changed-since':
    case 'profile-unreadable':
    case 'profile-unwritable':
    case 'profile-not-alone':
    case 'profile-value-invalid':
    case 'profile-without-key':
    case 'raw-invalid':
    case 'marker-changed':
    case 'unknown-preset':
    case 'preset-incomplete':
    case 'unknown-deleted':
    case 'ccs-config-locked':
    case 'ccs-config-refused':
    case 'ccs-config-unusable':
    case 'ccs-config-old':
      return describeProfileError(error);
    case 'unknown-profile':
      return { what: m.error_unknown_profile({ name: error.name }), next: m.error_unknown_profile_next() };
    case 'unknown-target':
      return { what: m.error_unknown_target({ name: error.name }), next: m.error_unknown_target_next() };
    case 'remote-fault':
    case 'target-name-taken':
    case 'target-url-taken':
    case 'target-value-invalid':
      return describeSetUpError(error);
    case 'unknown-record':
      return { what: m.error_unknown_record({ id: error.id }), next: m.error_unknown_record_next() };
    case 'unknown-model':
      return { what: m.error_unknown_model({ id: error.id }), next: m.error_unknown_model_next() };
    case 'nothing-to-undo':
      return { what: m.error_nothing_to_undo(), next: m.error_nothing_to_undo_next() };
    case 'record-without-bytes':
      return {
        what: m.error_record_without_bytes({ id: error.id }),
        next: m.error_record_without_bytes_next(),
      };
    default:
      return assertNever(error);
  }
}

type Of<Code extends AppError['code']> = Extract<AppError, { readonly code: Code }>;

function ccsError(
  error: Of<'ccs-directory-missing' | 'ccs-directory-unreadable' | 'registry-unreadable'>,
): Wording {
  const { path } = error;
  switch (error.code) {
    case 'ccs-directory-missing':
      return { what: m.error_ccs_directory_missing({ path }), next: m.error_ccs_directory_missing_next() };
    case 'ccs-directory-unreadable': {
      const reason = describeReason(error.reason);
      return {
        what: m.error_ccs_directory_unreadable({ path, reason }),
        next: m.error_ccs_directory_unreadable_next(),
      };
    }
    case 'registry-unreadable': {
      const place = placeOf(path, error.line);
      const reason = describeReason(error.reason);
      return {
        what: m.error_registry_unreadable({ place, reason }),
        next: m.error_registry_unreadable_next(),
      };
    }
    default:
      return assertNever(error);
  }
}

function targetError(
  error: Of<
    | 'target-missing'
    | 'target-unreadable'
    | 'target-not-utf8'
    | 'target-refused'
    | 'target-unwritable'
    | 'target-keeps-changing'
    | 'target-exists'
    | 'ccs-creates-target'
  >,
): Wording {
  const { path } = error;
  switch (error.code) {
    case 'target-missing': {
      const next = error.ccsInstalled ? m.error_target_missing_ccs_next() : m.error_target_missing_next();
      return { what: m.error_target_missing({ path }), next };
    }
    case 'target-unreadable': {
      const reason = describeReason(error.reason);
      return { what: m.error_target_unreadable({ path, reason }), next: m.error_target_unreadable_next() };
    }
    case 'target-not-utf8': {
      const place = placeOf(path, error.line);
      return { what: m.error_target_not_utf8({ place }), next: m.error_target_not_utf8_next() };
    }
    case 'target-refused': {
      const place = placeOf(path, error.refusal.line);
      const problem = refusalProblem(error.refusal);
      return { what: m.error_target_refused({ place, problem }), next: refusalNext(error.refusal) };
    }
    case 'target-unwritable': {
      const reason = describeReason(error.reason);
      return { what: m.error_target_unwritable({ path, reason }), next: m.error_target_unwritable_next() };
    }
    case 'target-keeps-changing':
      return { what: m.error_target_keeps_changing({ path }), next: m.error_target_keeps_changing_next() };
    case 'target-exists':
      return { what: m.error_target_exists({ path }), next: m.error_target_exists_next() };
    case 'ccs-creates-target':
      return { what: m.error_ccs_creates_target({ path }), next: m.error_ccs_creates_target_next() };
    default:
      return assertNever(error);
  }
}

function stateError(error: Of<'locked' | 'journal-conflict' | 'state-unusable'>): Wording {
  const { path } = error;
  switch (error.code) {
    case 'locked': {
      const { pid, host } = error;
      // Its file could not be read: it is being written just now, or was lost and soon counts as stale.
      if (pid === 0) return { what: m.error_locked_unknown(), next: m.error_locked_unknown_next() };
      return { what: m.error_locked({ pid, host }), next: m.error_locked_next({ path }) };
    }
    case 'journal-conflict': {
      const { journal } = error;
      const command = shellCommand('less', path, journal);
      return {
        what: m.error_journal_conflict({ path }),
        next: m.error_journal_conflict_next({ path, journal, command }),
      };
    }
    case 'state-unusable': {
      const what = m.error_state_unusable({ path, reason: describeReason(error.reason) });
      const command = shellCommand('chmod', '700', path);
      const next = stateNext(error.reason, command);
      return { what, next };
    }
    default:
      return assertNever(error);
  }
}

/** `command` closes the folder to others. */
function stateNext(reason: string, command: string): string {
  switch (reason) {
    case 'writable-by-others':
      return m.error_state_writable_by_others_next({ command });
    case 'not-json':
    case 'not-as-written':
      return m.error_state_broken_next();
    default:
      return m.error_state_unusable_next();
  }
}

/** As terminals and editors take it: `config.yaml:41`. */
function placeOf(path: string, line: number | null): string {
  return line === null ? path : `${path}:${line}`;
}
