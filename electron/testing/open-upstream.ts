import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it reached the upstream. */
export interface UpstreamRequest {
  /** `Bearer <token>`, or `''`. */
  readonly authorization: string;
  readonly model: string;
  readonly path: string;
}

export interface Upstream {
  /** The base URL for a profile: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly requests: readonly UpstreamRequest[];
  close(): void;
}

/** A provider on loopback that answers `POST /v1/messages` as Anthropic does. */
export async function openUpstream(): Promise<Upstream> {
  const requests: UpstreamRequest[] = [];
  const server = createServer((request, response) => {
    void readJson(request).then((body) => {
      const model = isObject(body) && typeof body['model'] === 'string' ? body['model'] : '';
      requests.push({ authorization: request.headers.authorization ?? '', model, path: request.url ?? '' });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(messageOf(model)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function messageOf(model: string): object {
  return {
    id: 'msg_test',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: 'hello' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
