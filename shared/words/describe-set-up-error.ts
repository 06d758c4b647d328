import type { AppError } from '../errors.ts';
import { assertNever } from '../result.ts';
import { describeRemoteFault } from './describe-remote-fault.ts';
import * as m from './generated/messages.js';
import type { Wording } from './wording.ts';

type SetUpErrorCode = 'remote-fault' | 'target-name-taken' | 'target-url-taken' | 'target-value-invalid';
type SetUpError = Extract<AppError, { readonly code: SetUpErrorCode }>;

/** What is wrong with a remote server or the way it is set up, and what the user can do. */
export function describeSetUpError(error: SetUpError): Wording {
  switch (error.code) {
    case 'remote-fault': {
      const { what, next } = describeRemoteFault(error.fault);
      return { what: m.error_remote_fault({ target: error.target, what }), next };
    }
    case 'target-name-taken':
      return {
        what: m.error_target_name_taken({ name: error.name }),
        next: m.error_target_name_taken_next(),
      };
    case 'target-url-taken': {
      const { name } = error;
      return { what: m.error_target_url_taken({ name }), next: m.error_target_url_taken_next({ name }) };
    }
    case 'target-value-invalid':
      return invalid(error.field);
    default:
      return assertNever(error);
  }
}

function invalid(field: Extract<AppError, { readonly code: 'target-value-invalid' }>['field']): Wording {
  switch (field) {
    case 'name':
      return { what: m.error_target_name_invalid(), next: m.error_target_name_invalid_next() };
    case 'url':
      return { what: m.error_target_url_invalid(), next: m.error_target_url_invalid_next() };
    case 'key':
      return { what: m.error_target_key_invalid(), next: m.error_target_key_invalid_next() };
    case 'key-source':
      return { what: m.error_target_key_source_invalid(), next: m.error_target_key_source_invalid_next() };
    case 'entries':
      return { what: m.error_target_entries_invalid(), next: m.error_target_entries_invalid_next() };
    default:
      return assertNever(field);
  }
}
