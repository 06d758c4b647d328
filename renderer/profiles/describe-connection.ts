import { assertNever } from '../../shared/result.ts';
import type { ConnectionTest } from '../../shared/schema/profile.ts';
import { describeReason } from '../../shared/words/describe-reason.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { Tone } from '../ui/tone.ts';

export interface ConnectionWording {
  readonly tone: Exclude<Tone, 'neutral'>;
  readonly what: string;
  /** What it means, or what can be done; null where nothing is to be added. */
  readonly next: string | null;
}

/** What a test of a profile's connection showed: works, refused, unreachable or unknown, and never more. */
export function describeConnection(test: ConnectionTest): ConnectionWording {
  switch (test.state) {
    case 'works':
      return { tone: 'good', what: m.profiles_test_works(), next: m.profiles_test_works_next() };
    case 'refused':
      return {
        tone: 'bad',
        what: m.profiles_test_refused({ status: test.status }),
        next: m.profiles_test_refused_next(),
      };
    case 'unreachable':
      return {
        tone: 'bad',
        what: m.profiles_test_unreachable({ reason: unreachableReason(test.why) }),
        next: m.profiles_test_unreachable_next(),
      };
    case 'unknown':
      return { tone: 'warn', ...unknownWords(test) };
    default:
      return assertNever(test);
  }
}

function unreachableReason(why: string): string {
  switch (why) {
    case 'refused-connection':
    case 'ECONNREFUSED':
      return m.profiles_test_nothing_listens();
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return m.profiles_test_name_unknown();
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return m.profiles_test_no_way();
    case 'ECONNRESET':
    case 'EPIPE':
      return m.profiles_test_hung_up();
    default:
      return describeReason(why);
  }
}

type Unknown = Extract<ConnectionTest, { state: 'unknown' }>;

function unknownWords({ why, status }: Unknown): Pick<ConnectionWording, 'what' | 'next'> {
  switch (why) {
    case 'timeout':
      return { what: m.profiles_test_timeout(), next: m.profiles_test_timeout_next() };
    case 'tls-failed':
      return { what: m.profiles_test_tls(), next: m.profiles_test_tls_next() };
    case 'bad-answer':
      return { what: m.profiles_test_bad_answer(), next: m.profiles_test_bad_answer_next() };
    case 'redirect':
      return {
        what: m.profiles_test_redirect({ status: status ?? 0 }),
        next: m.profiles_test_redirect_next(),
      };
    case 'status':
      return statusWords(status ?? 0);
    case 'no-model':
      return { what: m.profiles_test_no_model(), next: m.profiles_test_no_model_next() };
    case 'bad-key':
      return { what: m.profiles_test_bad_key(), next: m.profiles_test_bad_key_next() };
    case 'bad-base-url':
      return { what: m.profiles_test_bad_base_url(), next: m.profiles_test_bad_base_url_next() };
    default:
      return assertNever(why);
  }
}

/** An answer that neither takes nor refuses the key: what it usually means, where that is known. */
function statusWords(status: number): Pick<ConnectionWording, 'what' | 'next'> {
  const what = m.profiles_test_status({ status });
  if (status === 404) return { what, next: m.profiles_test_status_404_next() };
  if (status === 400 || status === 422) return { what, next: m.profiles_test_status_400_next() };
  if (status === 402 || status === 429) return { what, next: m.profiles_test_status_429_next() };
  if (status >= 500) return { what, next: m.profiles_test_status_500_next() };
  return { what, next: m.profiles_test_status_next() };
}
