import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Requests are small: the largest is a profile's whole text. */
export const MOST_BODY_BYTES = 1024 * 1024;

/** For every answer: nothing from elsewhere, nothing framed, nothing stored, nothing told to other sites. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) });
}

/** An expected failure, in the envelope of the contract. */
export function sendError(response: ServerResponse, status: number, error: AppError): void {
  if (response.headersSent) return;
  // What is refused before its body was read must not keep the connection: the rest would be taken for a request.
  response.setHeader('connection', 'close');
  sendJson(response, status, err(error));
}

export interface Content {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

export function send(response: ServerResponse, { status, type, body }: Content): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

/** Reads a JSON body. Errors: `request-refused` (type, size), `bad-input` where it is no JSON. */
export async function readJson(request: IncomingMessage, method: string): Promise<Result<unknown, AppError>> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    return err({ code: 'request-refused', part: 'type' });
  }
  const bytes = await readBody(request);
  if (bytes === null) return err({ code: 'request-refused', part: 'size' });
  try {
    return ok(bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8')));
  } catch {
    return err({ code: 'bad-input', method, problems: [] });
  }
}

/** Null where it is too large; what follows is read and thrown away, so that the answer can still be sent. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) return Promise.resolve(null);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BODY_BYTES) chunks.push(chunk);
      else resolve(null);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    // The client went away: the answer reaches nobody.
    request.once('close', () => resolve(Buffer.alloc(0)));
  });
}
