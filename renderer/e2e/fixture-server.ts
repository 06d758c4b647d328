import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { APP } from '../../electron/e2e/app-folder.ts';
import { SECURITY_HEADERS } from '../../electron/service/http-answer.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { answer, answersFor, type FixtureAnswers } from './fixture-answers.ts';

/** The built window on a scripted service: any state, any answer, without an engine behind it. */
export interface FixtureServer {
  readonly url: string;
  /** Takes the window to another state. */
  show(state: AppState, answers?: FixtureAnswers): void;
  /**
   * Resolves once nothing has been asked for a while: what the page shows is complete. A page that goes on asking
   * while nothing happens is an error, which says what it asks for.
   */
  quiet(): Promise<void>;
  /** Ends all streams and refuses new ones: the window has lost its service. */
  vanish(): void;
  close(): Promise<void>;
}

const QUIET_MS = 200;
/** Far above what any page loads, far below what one that asks in a loop makes of it. */
const MOST_REQUESTS = 300;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** Serves dist/renderer. `state` null: the service has not said anything yet. */
export async function startFixtureServer(state: AppState | null): Promise<FixtureServer> {
  const files = readFiles(join(APP, 'dist', 'renderer'));
  const streams = new Set<ServerResponse>();
  let shown = state;
  let answers: FixtureAnswers = state === null ? {} : answersFor(state);
  let isGone = false;
  let lastAskedMs = Date.now();
  let asked = 0;
  let lastAsked = '';
  const send = (stream: ServerResponse): void => {
    if (shown !== null)
      stream.write(`event: state\nid: ${shown.revision}\ndata: ${JSON.stringify(shown)}\n\n`);
  };
  const server = createServer((request, response) => {
    lastAskedMs = Date.now();
    asked += 1;
    lastAsked = request.url ?? '';
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (isGone && path.startsWith('/api/')) response.destroy();
    else if (path === '/api/state') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      streams.add(response);
      response.once('close', () => streams.delete(response));
      send(response);
    } else if (path.startsWith('/api/call/')) void call(request, response, path.slice('/api/call/'.length));
    else sendFile(response, files.get(path === '/' ? '/index.html' : path));
  });
  const call = async (request: IncomingMessage, response: ServerResponse, method: string): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    // Before the first state every call waits, as the service's own do.
    if (shown === null) return;
    const body = answer(answers, method, JSON.parse(Buffer.concat(chunks).toString('utf8')));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    show: (next, given = {}) => {
      shown = next;
      answers = { ...answersFor(next), ...given };
      for (const stream of streams) send(stream);
    },
    quiet: async () => {
      while (Date.now() - lastAskedMs < QUIET_MS) {
        if (asked > MOST_REQUESTS) throw new Error(`the page asks in a loop, last for ${lastAsked}`);
        await sleep(QUIET_MS / 4);
      }
    },
    vanish: () => {
      isGone = true;
      for (const stream of streams) stream.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

function readFiles(folder: string): ReadonlyMap<string, PageFile> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      return [`/${relative(folder, path).split(sep).join('/')}`, { type, bytes: readFileSync(path) }];
    }),
  );
}

function sendFile(response: ServerResponse, file: PageFile | undefined): void {
  if (file === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
}
