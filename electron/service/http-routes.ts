import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppError } from '../../shared/errors.ts';
import { ok } from '../../shared/result.ts';
import type { Clock } from '../core/support/clock.ts';
import type { CcsAnswer, CcsEndpoints } from './ccs-endpoints.ts';
import type { Dispatch } from './dispatch.ts';
import {
  bearerToken,
  cookieToken,
  isOwnHost,
  isOwnOrigin,
  type OneTimeLinks,
  sameToken,
  sessionCookie,
} from './http-access.ts';
import { readJson, send, sendError, sendJson } from './http-answer.ts';
import type { HttpLimits } from './http-limits.ts';
import type { PageFile, PageFiles } from './page-files.ts';
import { createRateLimit } from './rate-limit.ts';
import { PAGE_STYLE, signedInPage, signInPage, windowlessPage } from './start-page.ts';
import { streamStates } from './state-stream.ts';
import { createStateText, type StateSource } from './state-text.ts';

export interface RouteDeps {
  readonly dispatch: Dispatch;
  readonly states: StateSource;
  readonly ccs: CcsEndpoints;
  /** The built window; empty where there is none. */
  readonly window: PageFiles;
  /** What scripts bring on CCS's paths. */
  readonly bearer: string;
  readonly onBug: (where: string, bug: unknown) => void;
  readonly clock: Clock;
  readonly exposed: boolean;
  readonly limits: HttpLimits;
  readonly links: OneTimeLinks;
  /** What the page's cookie holds: another one each run. */
  readonly token: string;
  readonly port: number;
}

interface Visit {
  readonly request: IncomingMessage;
  /** As it was sent, without the query; nothing is decoded, and nothing of it reaches the disk. */
  readonly path: string;
  readonly verb: string;
}

/** What a request gets. */
type Outcome =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'error'; readonly status: number; readonly error: AppError }
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly file: PageFile;
      readonly cookie: string | null;
    }
  | { readonly kind: 'stream' };

const CALL = '/api/call/';
const OPEN = '/open/';
/** Of the pages that a visitor without a session sees. */
const STYLE = '/style.css';
const ICON = '/favicon.svg';
/** For a file whose name tells its content. */
const FOR_EVER = 'private, max-age=31536000, immutable';

/** Decides what a request may have; whatever is not named here is refused. */
export function createHttpRoutes(
  deps: RouteDeps,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { clock, limits } = deps;
  const stateText = createStateText();
  // Strangers have a bucket of their own, so that they can't use up ours.
  const known = createRateLimit(clock, limits);
  const strangers = createRateLimit(clock, limits);
  let streams = 0;

  async function route(visit: Visit): Promise<Outcome> {
    const { headers } = visit.request;
    if (!isOwnHost(headers, deps)) return refused('host');
    const signedIn = sameToken(cookieToken(headers, deps.port) ?? '', deps.token);
    const isScript = sameToken(bearerToken(headers) ?? '', deps.bearer);
    if (!(signedIn || isScript ? known : strangers)()) return failed(429, { code: 'service-busy' });
    if (visit.verb === 'GET' && !visit.path.startsWith('/api/')) return page(visit, signedIn);
    if (!isOwnOrigin(headers)) return refused('origin');
    // A page names its origin wherever it changes something: without that, a cookie alone is not enough.
    if (visit.verb !== 'GET' && !isScript && headers.origin === undefined) return refused('origin');
    const ccs = deps.ccs.get(`${visit.verb} ${visit.path}`);
    if (!signedIn && !(ccs !== undefined && isScript)) return failed(401, { code: 'signed-out' });
    return ccs === undefined ? api(visit) : callCcs(visit, ccs);
  }

  function page({ request, path }: Visit, signedIn: boolean): Outcome {
    if (path === STYLE) return pageOf(PAGE_STYLE);
    if (path.startsWith(OPEN)) return open(request, path);
    const file = deps.window.get(path) ?? (path === '/' ? windowlessPage() : null);
    // The page for strangers shows the icon, too.
    if (signedIn || path === ICON) return file === null ? refused('path') : pageOf(file);
    // A stranger does not even learn which files there are.
    return path === '/' ? pageOf(signInPage(), 401) : refused('path');
  }

  function open(request: IncomingMessage, path: string): Outcome {
    // A look ahead (HEAD, prefetch) must not use up the link.
    const isVisit = request.method === 'GET' && request.headers['sec-purpose'] === undefined;
    if (!isVisit || !deps.links.use(path.slice(OPEN.length))) return pageOf(signInPage(), 401);
    return { ...pageOf(signedInPage()), cookie: sessionCookie(deps.token, deps.port) };
  }

  async function api({ request, path, verb }: Visit): Promise<Outcome> {
    if (path === '/api/state') return request.method === 'GET' ? { kind: 'stream' } : refused('verb');
    if (!path.startsWith(CALL)) return refused('path');
    if (verb !== 'POST') return refused('verb');
    const method = path.slice(CALL.length);
    const input = await readJson(request, method.slice(0, 64));
    if (!input.ok) return ofFailedInput(input.error);
    return { kind: 'json', status: 200, body: await deps.dispatch(method, input.value) };
  }

  async function callCcs(
    { request, verb }: Visit,
    endpoint: (body: unknown) => Promise<CcsAnswer>,
  ): Promise<Outcome> {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    const hasBody = verb !== 'GET' && (encoding !== undefined || Number(length ?? 0) > 0);
    const input = hasBody ? await readJson(request, 'cliproxy/sync') : ok({});
    return input.ok ? { kind: 'json', ...(await endpoint(input.value)) } : ofFailedInput(input.error);
  }

  function deliver(response: ServerResponse, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'json':
        sendJson(response, outcome.status, outcome.body);
        break;
      case 'error':
        sendError(response, outcome.status, outcome.error);
        break;
      case 'page':
        if (outcome.cookie !== null) response.setHeader('set-cookie', outcome.cookie);
        if (outcome.file.immutable) response.setHeader('cache-control', FOR_EVER);
        send(response, { status: outcome.status, ...outcome.file });
        break;
      case 'stream':
        stream(response);
        break;
    }
  }

  function stream(response: ServerResponse): void {
    if (response.destroyed) return;
    if (streams >= limits.streams) {
      sendError(response, 503, { code: 'service-busy' });
      return;
    }
    streams += 1;
    const source = { states: deps.states, stateText, clock, stalledAfterMs: limits.stalledAfterMs };
    streamStates(response, source, () => (streams -= 1));
  }

  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const verb = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    route({ request, path, verb })
      .then((outcome) => deliver(response, outcome))
      .catch((bug: unknown) => {
        deps.onBug(path, bug);
        sendError(response, 500, { code: 'service-failed', method: path.slice(0, 64) });
      });
  };
}

type RefusedPart = Extract<AppError, { readonly code: 'request-refused' }>['part'];

const STATUS_OF: Readonly<Record<RefusedPart, number>> = {
  host: 403,
  origin: 403,
  verb: 405,
  path: 404,
  type: 415,
  size: 413,
};

function refused(part: RefusedPart): Outcome {
  return failed(STATUS_OF[part], { code: 'request-refused', part });
}

function ofFailedInput(error: AppError): Outcome {
  return error.code === 'request-refused' ? refused(error.part) : failed(400, error);
}

function failed(status: number, error: AppError): Outcome {
  return { kind: 'error', status, error };
}

function pageOf(file: PageFile, status = 200): Extract<Outcome, { readonly kind: 'page' }> {
  return { kind: 'page', status, file, cookie: null };
}
