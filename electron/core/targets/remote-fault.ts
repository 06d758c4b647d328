import { assertNever } from '../../../shared/result.ts';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import type { HttpAnswer, HttpFault } from './http-call.ts';
import { faultOfStatus, parseJson } from './management-answer.ts';

/** A ban lasts 30 minutes on 7.2.99; what is told beyond this is no such ban. */
const LONGEST_BAN_MS = 24 * 60 * 60 * 1000;

/** What is wrong with an answer of the management API by its status; null where nothing is. */
export function faultOfAnswer(answer: HttpAnswer, asked: URL, nowMs: number): RemoteFault | null {
  const fault = faultOfStatus(answer.status);
  if (fault === null) return null;
  switch (fault.code) {
    case 'unauthorized':
      return { code: 'wrong-key' };
    case 'forbidden':
      return forbidden(answer, nowMs);
    case 'redirect':
      return { ...fault, code: 'redirect', to: redirectHost(answer, asked) };
    case 'api-off':
      return { code: 'api-off' };
    case 'server-error':
    case 'rejected':
      return { code: fault.code, status: fault.status };
    case 'bad-answer':
      return fault;
    default:
      return assertNever(fault);
  }
}

/** What became of an exchange that brought no answer. */
export function faultOfExchange(fault: HttpFault): RemoteFault {
  switch (fault.code) {
    case 'refused-connection':
      return { code: 'unreachable', reason: 'ECONNREFUSED' };
    case 'tls-failed':
      return { ...fault, code: 'tls-untrusted', fingerprint: null, subject: null, validToMs: null };
    case 'unreachable':
    case 'timeout':
    case 'bad-answer':
      return fault;
    default:
      return assertNever(fault);
  }
}

/** The message in the body of a refusal, for comparing with known ones; never to be shown. `''` where there is none. */
export function messageOf(answer: HttpAnswer): string {
  const body = parseJson(answer.body);
  const message = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  return typeof message === 'string' ? message : '';
}

/** 7.2.99: "IP banned due to too many failed attempts. Try again in 29m58s", the time as Go writes it. */
function forbidden(answer: HttpAnswer, nowMs: number): RemoteFault {
  const message = messageOf(answer);
  if (!/^IP banned\b/i.test(message)) return { code: 'forbidden' };
  const [, hours, minutes, seconds] =
    /Try again in (?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})(?:\.\d+)?s)?$/.exec(message) ?? [];
  const waitMs = 1000 * (3600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0) + Number(seconds ?? 0));
  const told = waitMs > 0 && waitMs <= LONGEST_BAN_MS;
  return { code: 'banned', untilMs: told ? nowMs + waitMs : null };
}

function redirectHost({ headers }: HttpAnswer, asked: URL): string | null {
  try {
    const { host } = new URL(headers.location ?? '//', asked);
    return host === '' ? null : host;
  } catch {
    return null;
  }
}
