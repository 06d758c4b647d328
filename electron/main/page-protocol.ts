import { SECURITY_HEADERS } from '../service/http-answer.ts';
import type { PageFiles } from '../service/page-files.ts';
import { isPageAddress } from './page-address.ts';

/** What of a request the answer depends on. */
export interface PageRequest {
  readonly url: string;
  readonly method: string;
}

/** Answers a request of the window: the built page's files under the same headers as over HTTP, and nothing else. */
export function answerPage({ url, method }: PageRequest, files: PageFiles): Response {
  const headers = new Headers(SECURITY_HEADERS);
  const file = isPageAddress(url) ? files.get(new URL(url).pathname) : undefined;
  if (method !== 'GET') return new Response(null, { status: 405, headers });
  if (file === undefined) return new Response(null, { status: 404, headers });
  headers.set('content-type', file.type);
  return new Response(bodyOf(file.body), { headers });
}

/** `Response` wants bytes of a buffer of their own. */
function bodyOf(body: string | Uint8Array): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? body : new Uint8Array(body);
}
