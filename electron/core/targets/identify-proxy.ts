import * as z from 'zod/mini';
import { httpCall, type HttpAnswer, type HttpFault, type HttpOrigin } from './http-call.ts';

/** Who answers on the proxy's port. */
export type Identity =
  | { readonly state: 'proxy' }
  | { readonly state: 'not-running' }
  | { readonly state: 'other-program' | 'no-answer' | 'unreachable' | 'tls-failed' };

const rootSchema = z.object({ message: z.literal('CLI Proxy API Server') });

/**
 * Finds out whether a CLIProxyAPI answers, before any key is sent. 7.2.99 names its `X-CPA-…` headers in every
 * answer, that of `GET /healthz` too; older ones say who they are at `GET /`. Sends no credentials, and does not
 * touch the management API: five requests there without a key ban this address as five wrong keys do.
 */
export async function identifyProxy(origin: HttpOrigin, timeoutMs: number): Promise<Identity> {
  const health = await httpCall({
    origin,
    method: 'GET',
    path: '/healthz',
    headers: {},
    body: null,
    timeoutMs,
  });
  if (!health.ok) return identityOfFault(health.error);
  if (namesItsHeaders(health.value)) return { state: 'proxy' };
  const root = await httpCall({ origin, method: 'GET', path: '/', headers: {}, body: null, timeoutMs });
  if (!root.ok) return identityOfFault(root.error);
  return { state: saysItsName(root.value) ? 'proxy' : 'other-program' };
}

/** What a failed exchange says about who listens. Something that answers, but not in HTTP, is another program. */
function identityOfFault(fault: HttpFault): Identity {
  switch (fault.code) {
    case 'refused-connection':
      return { state: 'not-running' };
    case 'timeout':
      return { state: 'no-answer' };
    case 'unreachable':
    case 'tls-failed':
      return { state: fault.code };
    case 'bad-answer':
      return { state: 'other-program' };
  }
}

function namesItsHeaders(answer: HttpAnswer): boolean {
  const exposed = answer.headers['access-control-expose-headers'] ?? '';
  return answer.headers['x-cpa-version'] !== undefined || /(^|[\s,])x-cpa-version\s*(,|$)/i.test(exposed);
}

function saysItsName(answer: HttpAnswer): boolean {
  if (answer.status !== 200) return false;
  try {
    return rootSchema.safeParse(JSON.parse(answer.body.toString('utf8'))).success;
  } catch {
    return false;
  }
}
