import type { ConnectionTest } from '../../../shared/schema/profile.ts';
import { type HttpAnswer, httpCall, type HttpFault, isHeaderValue } from '../targets/http-call.ts';
import { isMapping } from './mapping.ts';
import { parseUrl } from '../../../shared/rules/mapping-risks.ts';

/** What a request with a profile's credential needs. */
export interface ConnectionRequest {
  /** `''`: Anthropic's own endpoint. */
  readonly baseUrl: string;
  readonly model: string;
  /** A secret. */
  readonly key: string;
  /** For the whole exchange, in milliseconds. */
  readonly timeoutMs: number;
}

const OFFICIAL = 'https://api.anthropic.com';

/**
 * Sends one message of one token the way CLIProxyAPI would, to the same address (a base URL that ends in `/v1` or
 * `/` is not mended here either), and tells what was seen, never more. Redirects are not followed.
 */
export async function testConnection(request: ConnectionRequest): Promise<ConnectionTest> {
  const { model, key, timeoutMs } = request;
  const base = request.baseUrl === '' ? OFFICIAL : request.baseUrl;
  const url = parseUrl(base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    return unknown('bad-base-url');
  }
  if (model === '') return unknown('no-model');
  if (!isHeaderValue(key)) return unknown('bad-key');
  const isTls = url.protocol === 'https:';
  const answer = await httpCall({
    origin: {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
      tls: isTls ? 'verified' : 'off',
    },
    method: 'POST',
    path: `${pathOf(base, url)}/v1/messages?beta=true`,
    headers: {
      host: url.host,
      'content-type': 'application/json',
      'anthropic-version': '2023-06-01',
      ...credential(url, key),
    },
    body: JSON.stringify({ model, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] }),
    timeoutMs,
  });
  return answer.ok ? judge(answer.value) : faultOf(answer.error);
}

/** Without a path an address's path is `/`, which is none of the user's. */
function pathOf(base: string, { pathname }: URL): string {
  return pathname === '/' && !base.endsWith('/') ? '' : pathname;
}

/** Anthropic takes its API keys in a header of their own, and login tokens like everybody else's keys. */
function credential({ hostname }: URL, key: string): Readonly<Record<string, string>> {
  const isOfficial = hostname === 'api.anthropic.com' && !key.startsWith('sk-ant-oat');
  return isOfficial ? { 'x-api-key': key } : { authorization: `Bearer ${key}` };
}

function judge({ status, body }: HttpAnswer): ConnectionTest {
  if (status === 401 || status === 403) return { state: 'refused', status };
  if (status >= 300 && status < 400) return { state: 'unknown', why: 'redirect', status };
  if (status < 200 || status >= 300) return { state: 'unknown', why: 'status', status };
  return isMessage(body) ? { state: 'works', status } : { state: 'unknown', why: 'bad-answer', status };
}

/** Gateways answer 200 with a page or an error of their own: only a message is a message. */
function isMessage(body: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isMapping(value) && value['type'] === 'message';
  } catch {
    return false;
  }
}

function faultOf(fault: HttpFault): ConnectionTest {
  switch (fault.code) {
    case 'refused-connection':
      return { state: 'unreachable', why: 'refused-connection' };
    case 'unreachable':
      return { state: 'unreachable', why: fault.reason };
    case 'timeout':
    case 'tls-failed':
    case 'bad-answer':
      return unknown(fault.code);
  }
}

function unknown(why: Extract<ConnectionTest, { state: 'unknown' }>['why']): ConnectionTest {
  return { state: 'unknown', why, status: null };
}
