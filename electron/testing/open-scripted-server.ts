import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly userAgent: string;
  readonly body: string;
}

export interface ScriptedServer {
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  close(): void;
}

/** What the server does with requests of one path; `'*'` stands for all others (404 where absent). */
export type Script = Readonly<Record<string, (request: SeenRequest, response: ServerResponse) => void>>;

/** A loopback HTTP server that does what the test says and remembers what it was asked. Port 0: any that is free. */
export async function openScriptedServer(script: Script, port = 0): Promise<ScriptedServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const seen: SeenRequest = {
        method: request.method ?? '',
        path: request.url ?? '',
        authorization: request.headers.authorization ?? null,
        userAgent: request.headers['user-agent'] ?? '',
        body,
      };
      requests.push(seen);
      const answer = script[seen.path] ?? script['*'];
      if (answer === undefined) response.writeHead(404).end();
      else answer(seen, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers with JSON. */
export function json(value: unknown, status = 200): Script[string] {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
}

/** `GET /healthz` and `GET /` as CLIProxyAPI answers them. */
export function proxyIdentity(): Script {
  return {
    '/healthz': (_request, response) => {
      response.setHeader('Access-Control-Expose-Headers', 'X-CPA-TRACE-ID, X-CPA-VERSION, X-CPA-COMMIT');
      response.end('{"status":"ok"}');
    },
    '/': json({ message: 'CLI Proxy API Server' }),
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
