import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

export interface Visit {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface VisitOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The address of this machine by which the server is asked; the loopback if none is given. */
  readonly from?: string;
}

/** Asks a server of this machine; `path` is sent as it is. Rejects where the connection is cut. */
export async function visit(port: number, path: string, options: VisitOptions = {}): Promise<Visit> {
  const response = await begin(port, path, options);
  let text = '';
  for await (const chunk of response as AsyncIterable<Buffer>) text += chunk.toString();
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

/** The same, for an answer that does not end. */
export function begin(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body, from = '127.0.0.1' }: VisitOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: from, port, path, method, headers: { ...headers }, agent: false }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}
