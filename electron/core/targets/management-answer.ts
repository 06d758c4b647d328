import type { HttpAnswer } from './http-call.ts';

/**
 * `unauthorized` (401): wrong key, never to be retried: five ban this address for 30 minutes, the right key
 * included. `forbidden` (403): remote access is off, or this address is banned. `api-off` (404): no secret-key is
 * set. `redirect` (3xx): never followed. `rejected`: any other 4xx.
 */
export type StatusFault =
  | { readonly code: 'unauthorized' | 'forbidden' | 'api-off' }
  | { readonly code: 'redirect' | 'server-error' | 'rejected'; readonly status: number }
  | { readonly code: 'bad-answer'; readonly reason: string };

/** What the status of an answer of the management API means; null where it is the answer that was asked for. */
export function faultOfStatus(status: number): StatusFault | null {
  if (status === 200) return null;
  if (status === 401) return { code: 'unauthorized' };
  if (status === 403) return { code: 'forbidden' };
  if (status === 404) return { code: 'api-off' };
  if (status >= 500) return { code: 'server-error', status };
  if (status >= 400) return { code: 'rejected', status };
  if (status >= 300) return { code: 'redirect', status };
  return { code: 'bad-answer', reason: `status-${status}` };
}

/** `X-CPA-VERSION`, where it was sent. Only what looks like a version is carried on: it is shown to people. */
export function versionOf(answer: HttpAnswer): string | null {
  const version = answer.headers['x-cpa-version'];
  return typeof version === 'string' && /^[\w.+-]{1,64}$/.test(version) ? version : null;
}

/** `undefined` where it is no JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
