import type { AppError } from '../errors.ts';
import { assertNever } from '../result.ts';
import { describeReason } from './describe-reason.ts';
import * as m from './generated/messages.js';
import type { Wording } from './wording.ts';

type ServiceErrorCode =
  | 'service-runs'
  | 'service-other-version'
  | 'service-gone'
  | 'service-failed'
  | 'service-busy'
  | 'unknown-method'
  | 'bad-input'
  | 'signed-out'
  | 'request-refused'
  | 'not-offered'
  | 'cannot-listen';

/** What went wrong between a client and the service, and what the user can do. */
export function describeServiceError(error: Extract<AppError, { readonly code: ServiceErrorCode }>): Wording {
  switch (error.code) {
    case 'service-runs': {
      const { pid, host } = error;
      const what = host === '' ? m.error_service_runs_unknown({ pid }) : m.error_service_runs({ pid, host });
      return { what, next: m.error_service_runs_next() };
    }
    case 'service-other-version': {
      const { pid, version } = error;
      return {
        what: m.error_service_other_version({ pid, version }),
        next: m.error_service_other_version_next(),
      };
    }
    case 'service-gone':
      return { what: m.error_service_gone(), next: m.error_service_gone_next() };
    case 'service-failed':
      return { what: m.error_service_failed({ method: error.method }), next: m.error_service_failed_next() };
    case 'service-busy':
      return { what: m.error_service_busy(), next: m.error_service_busy_next() };
    case 'unknown-method':
      return { what: m.error_unknown_method({ method: error.method }), next: m.error_unknown_method_next() };
    case 'bad-input': {
      const problems = error.problems.length === 0 ? 'JSON' : error.problems.join(', ');
      return { what: m.error_bad_input({ method: error.method, problems }), next: m.error_bad_input_next() };
    }
    case 'signed-out':
      return { what: m.error_signed_out(), next: m.error_signed_out_next() };
    case 'request-refused':
      return { what: m.error_request_refused({ part: error.part }), next: m.error_request_refused_next() };
    case 'not-offered':
      return { what: m.error_not_offered({ method: error.method }), next: m.error_not_offered_next() };
    case 'cannot-listen': {
      const { address, reason } = error;
      const what = m.error_cannot_listen({ address, reason: describeReason(reason) });
      return { what, next: m.error_cannot_listen_next() };
    }
    default:
      return assertNever(error);
  }
}
