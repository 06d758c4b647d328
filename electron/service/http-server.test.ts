import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ok } from '../../shared/result.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { systemClock } from '../core/support/clock.ts';
import { engineHome, must } from '../testing/engine-home.ts';
import { begin, visit, type Visit, type VisitOptions } from '../testing/http-visitor.ts';
import { liveHome } from '../testing/live-home.ts';
import { sampleState } from '../testing/sample-state.ts';
import { type CcsAnswer, type CcsEndpoints, createCcsEndpoints } from './ccs-endpoints.ts';
import { DEFAULT_LIMITS, type HttpLimits } from './http-limits.ts';
import type { PageFiles } from './page-files.ts';
import { type HttpService, startHttp } from './http-server.ts';

const BEARER = 'the-token-of-the-scripts';
const json = { 'content-type': 'application/json' };

interface TestServer extends HttpService {
  readonly called: string[];
  readonly listeners: Set<(state: AppState) => void>;
  readonly own: Readonly<Record<string, string>>;
  readonly visit: (path: string, options?: VisitOptions) => Promise<Visit>;
  readonly signIn: () => Promise<Readonly<Record<string, string>>>;
}

const WINDOW: PageFiles = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: '<title>window</title>', immutable: false }],
  [
    '/assets/main-3f9a.js',
    { type: 'text/javascript; charset=utf-8', body: Buffer.from('1;'), immutable: true },
  ],
]);

const CCS: CcsEndpoints = new Map<string, () => Promise<CcsAnswer>>([
  ['GET /api/cliproxy/sync/status', () => Promise.resolve({ status: 200, body: { configured: true } })],
  ['POST /api/cliproxy/sync', () => Promise.resolve({ status: 200, body: { success: true } })],
]);

async function server(
  limits: Partial<HttpLimits> = {},
  window: PageFiles = WINDOW,
  ccs: CcsEndpoints = CCS,
): Promise<TestServer> {
  const called: string[] = [];
  const listeners = new Set<(state: AppState) => void>();
  const service = must(
    await startHttp({
      clock: systemClock(),
      address: '127.0.0.1',
      port: 0,
      exposed: false,
      dispatch: (method) => {
        called.push(method);
        return Promise.resolve(ok({ answered: method }));
      },
      states: {
        subscribe: (listener) => {
          listeners.add(listener);
          listener(sampleState());
          return { dispose: () => void listeners.delete(listener) };
        },
      },
      ccs,
      window,
      bearer: BEARER,
      onBug: (_where, bug) => {
        throw bug;
      },
      limits,
    }),
  );
  onTestFinished(() => service.close());
  const own = { origin: `http://127.0.0.1:${service.port}` };
  const signIn = async (): Promise<Readonly<Record<string, string>>> => {
    const opened = await visit(service.port, new URL(service.link()).pathname);
    return { ...own, cookie: (opened.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '' };
  };
  return {
    ...service,
    called,
    listeners,
    own,
    visit: (path, options) => visit(service.port, path, options),
    signIn,
  };
}

const code = ({ text }: Visit): string => (JSON.parse(text) as { error: { code: string } }).error.code;

describe('the HTTP service', () => {
  it('gives a page that came by a link what it asks for', async () => {
    const one = await server();
    const headers = await one.signIn();
    const answer = await one.visit('/api/call/state.get', {
      method: 'POST',
      headers: { ...headers, ...json },
      body: '{}',
    });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      { ok: true, value: { answered: 'state.get' } },
    ]);
    expect((await one.visit('/', { headers })).text).toBe('<title>window</title>');
  });

  it('opens a link once, and gives a cookie that no script and no other site gets', async () => {
    const one = await server();
    const path = new URL(one.link()).pathname;
    const looked = await one.visit(path, { method: 'HEAD' });
    const first = await one.visit(path);
    const second = await one.visit(path);
    expect([looked.status, first.status, second.status]).toEqual([401, 200, 401]);
    expect(first.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['no token', {}],
    ['a wrong token', { cookie: 'cliproxy-sync-0=x' }],
    ['the token of the scripts', { authorization: `Bearer ${BEARER}` }],
  ])('refuses a call with %s', async (_name, headers) => {
    const one = await server();
    const wrong = 'cookie' in headers ? { cookie: `cliproxy-sync-${one.port}=x` } : headers;
    const answer = await one.visit('/api/call/state.get', {
      method: 'POST',
      headers: { ...one.own, ...json, ...wrong },
    });
    expect([answer.status, code(answer), one.called]).toEqual([401, 'signed-out', []]);
    expect((await one.visit('/api/state', { headers: wrong })).status).toBe(401);
  });

  it.each([{ origin: 'http://evil.test' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'refuses another site’s page, even with the cookie: %o',
    async (other) => {
      const one = await server();
      const headers = { ...(await one.signIn()), ...json, ...other };
      const answer = await one.visit('/api/call/sync.run', { method: 'POST', headers, body: '{}' });
      expect([answer.status, code(answer), one.called]).toEqual([403, 'request-refused', []]);
      expect((await one.visit('/api/state', { headers })).status).toBe(403);
    },
  );

  it('refuses a call that names no origin', async () => {
    const one = await server();
    const { cookie = '' } = await one.signIn();
    const answer = await one.visit('/api/call/sync.run', {
      method: 'POST',
      headers: { cookie, ...json },
      body: '{}',
    });
    expect([answer.status, one.called]).toEqual([403, []]);
  });

  it('refuses a name that DNS was made to point here, on every path', async () => {
    const one = await server();
    const headers = { ...(await one.signIn()), host: `evil.test:${one.port}` };
    for (const path of ['/', '/style.css', '/api/state', new URL(one.link()).pathname]) {
      expect((await one.visit(path, { headers })).status).toBe(403);
    }
  });

  it('allows no other origin to read an answer', async () => {
    const one = await server();
    const asked = await one.visit('/api/call/state.get', {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.test', 'access-control-request-method': 'POST' },
    });
    const page = await one.visit('/');
    for (const { headers } of [asked, page]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(asked.status).toBe(403);
  });

  it('gives the window’s files to those who are signed in, and lets a browser keep those that never change', async () => {
    const one = await server();
    const headers = await one.signIn();
    const [page, script] = [
      await one.visit('/?x', { headers }),
      await one.visit('/assets/main-3f9a.js', { headers }),
    ];
    expect([page.status, page.text, page.headers['cache-control']]).toEqual([
      200,
      '<title>window</title>',
      'no-store',
    ]);
    expect([
      script.status,
      script.text,
      script.headers['content-type'],
      script.headers['cache-control'],
    ]).toEqual([200, '1;', 'text/javascript; charset=utf-8', 'private, max-age=31536000, immutable']);
    expect(script.headers['content-security-policy']).toContain("script-src 'self'");
  });

  it('gives others the sign-in page and its style, and does not tell them which files there are', async () => {
    const one = await server();
    const page = await one.visit('/');
    expect([page.status, page.text.includes('serve --link')]).toEqual([401, true]);
    expect((await one.visit('/style.css')).status).toBe(200);
    const known = await one.visit('/assets/main-3f9a.js');
    const unknown = await one.visit('/assets/other.js');
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    expect(known.status).toBe(404);
  });

  it('says so where the window was not built', async () => {
    const one = await server({}, new Map());
    const page = await one.visit('/', { headers: await one.signIn() });
    expect([page.status, page.text.includes('cliproxy-sync status')]).toEqual([200, true]);
  });

  it.each([
    '/index.html',
    '/assets',
    '/assets/',
    '/assets/../assets/main-3f9a.js',
    '/assets/%6dain-3f9a.js',
    '/assets/other.js',
    '/../../../../etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/style.css/../../package.json',
    '/%2e%2e/package.json',
    '//etc/passwd',
    '/api/../package.json',
    '/api/cliproxy/../../package.json',
  ])('has no file at %s, whoever asks', async (path) => {
    const one = await server();
    const known = await one.visit(path, { headers: await one.signIn() });
    expect([known.status, code(known)]).toEqual([404, 'request-refused']);
    const refused = path.startsWith('/api/') ? [401, 'signed-out'] : [404, 'request-refused'];
    for (const headers of [{}, { authorization: `Bearer ${BEARER}` }]) {
      const answer = await one.visit(path, { headers });
      expect([answer.status, code(answer)]).toEqual(refused);
    }
  });

  it.each(['/open/../package.json', '/open/..%2f..%2fetc/passwd', '/open/'])(
    'takes nothing but a code after /open/: %s gives the sign-in page, also to those who are signed in',
    async (path) => {
      const one = await server();
      const visits = [await one.visit(path), await one.visit(path, { headers: await one.signIn() })];
      for (const { status, headers, text } of visits) {
        expect([status, headers['set-cookie'], text.includes('serve --link')]).toEqual([
          401,
          undefined,
          true,
        ]);
      }
    },
  );

  it('refuses a body that is too large, announced or not, and lives on', async () => {
    const one = await server();
    const headers = { ...(await one.signIn()), ...json };
    const path = '/api/call/profiles.update';
    const announced = await one
      .visit(path, { method: 'POST', headers, body: JSON.stringify('x'.repeat(2_000_000)) })
      .catch(() => null);
    expect(announced === null || announced.status === 413).toBe(true);
    const chunked = { ...headers, 'transfer-encoding': 'chunked' };
    const streamed = await one
      .visit(path, { method: 'POST', headers: chunked, body: 'x'.repeat(2_000_000) })
      .catch(() => null);
    expect(streamed === null || streamed.status === 413).toBe(true);
    expect(one.called).toEqual([]);
    expect((await one.visit('/api/call/state.get', { method: 'POST', headers })).status).toBe(200);
  });

  it('refuses what is no JSON', async () => {
    const one = await server();
    const headers = await one.signIn();
    const typed = await one.visit('/api/call/state.get', {
      method: 'POST',
      headers: { ...headers, ...json },
      body: '{',
    });
    const form = await one.visit('/api/call/state.get', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/plain' },
      body: '{}',
    });
    expect([typed.status, code(typed), form.status]).toEqual([400, 'bad-input', 415]);
  });

  it('cuts off a client that never ends its request', async () => {
    const one = await server({ headersMs: 200, requestMs: 400 });
    const slow = connect(one.port, '127.0.0.1');
    slow.on('error', () => undefined);
    slow.write('POST /api/call/state.get HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    await new Promise((resolve) => slow.resume().once('close', resolve));
    expect((await one.visit('/')).status).toBe(401);
  });

  it('bounds how much one client may ask', async () => {
    const one = await server({ perSecond: 0, burst: 5 });
    const answers: number[] = [];
    for (let number = 0; number < 7; number += 1) answers.push((await one.visit('/')).status);
    expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });

  it('leaves our own page its share when strangers use up theirs', async () => {
    const one = await server({ perSecond: 0, burst: 5 });
    const headers = await one.signIn();
    for (let number = 0; number < 10; number += 1) await one.visit('/');
    expect((await one.visit('/', { headers })).status).toBe(200);
  });

  it('streams whole states, and lets go of them when the client goes', async () => {
    const one = await server();
    const response = await begin(one.port, '/api/state', { headers: await one.signIn() });
    const first = await new Promise<string>((resolve) =>
      response.once('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    const state = JSON.parse(/data: (.*)/.exec(first)?.[1] ?? '') as AppState;
    expect([response.headers['content-type'], state.revision]).toEqual([
      'text/event-stream; charset=utf-8',
      sampleState().revision,
    ]);
    response.destroy();
    await expect.poll(() => one.listeners.size).toBe(0);
  });

  it('bounds a thousand streams as it comes, still answers calls, and recovers', async () => {
    const one = await server();
    const headers = await one.signIn();
    const stream = (): Promise<IncomingMessage | null> =>
      begin(one.port, '/api/state', { headers }).catch(() => null);
    const tried = await Promise.all(Array.from({ length: 1000 }, stream));
    const served = tried.filter((response) => response?.statusCode === 200);
    expect([served.length, one.listeners.size]).toEqual([DEFAULT_LIMITS.streams, DEFAULT_LIMITS.streams]);
    for (const response of tried) if (response?.statusCode !== 200) response?.destroy();
    const call = (): Promise<number> =>
      one.visit('/api/call/state.get', { method: 'POST', headers: { ...headers, ...json } }).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(call).toBe(200);
    for (const response of tried) response?.destroy();
    await expect.poll(() => one.listeners.size).toBe(0);
    // The bucket fills up again.
    await expect
      .poll(() => stream().then((response) => (response?.destroy(), response?.statusCode)))
      .toBe(200);
  });

  it('drops a client that takes nothing, and keeps one state for it at most', async () => {
    const one = await server({ stalledAfterMs: 50 });
    const headers = await one.signIn();
    const response = await begin(one.port, '/api/state', { headers });
    response.pause();
    const big = { ...sampleState(), ccsDirectory: 'x'.repeat(4_000_000) };
    await expect.poll(() => one.listeners.size).toBe(1);
    for (let number = 0; number < 20; number += 1)
      for (const tell of one.listeners) tell({ ...big, revision: number });
    await expect.poll(() => one.listeners.size).toBe(0);
    response.destroy();
  });

  it('serves CCS’s paths to a script with the token of the file, and to nobody without', async () => {
    const one = await server();
    const headers = { authorization: `Bearer ${BEARER}` };
    const status = await one.visit('/api/cliproxy/sync/status', { headers });
    const sync = await one.visit('/api/cliproxy/sync', { method: 'POST', headers });
    expect([status.status, status.text, sync.status]).toEqual([200, '{"configured":true}', 200]);
    expect((await one.visit('/api/cliproxy/sync/status')).status).toBe(401);
    expect(
      (await one.visit('/api/cliproxy/sync/status', { headers: { authorization: 'Bearer wrong' } })).status,
    ).toBe(401);
  });

  it('serves the catalog of the engine on CCS’s path, to a script with the token alone', async () => {
    const live = liveHome(engineHome());
    const one = await server({}, WINDOW, createCcsEndpoints(live, systemClock()));
    const headers = { authorization: `Bearer ${BEARER}` };
    const answer = await one.visit('/api/cliproxy/catalog', { headers });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const { catalogs, ...rest } = JSON.parse(answer.text) as Readonly<Record<string, unknown>>;
    expect(rest).toEqual({ routing: {}, source: 'static', cache: { synced: false, age: null } });
    expect(Object.keys(catalogs as object)).toEqual(['agy', 'gemini', 'codex', 'claude']);
    expect(catalogs).toMatchObject({
      claude: { provider: 'claude', displayName: expect.any(String) as string },
    });
    expect((await one.visit('/api/cliproxy/catalog')).status).toBe(401);
  });

  it('says which port is taken', async () => {
    const one = await server();
    const other = await startHttp({
      clock: systemClock(),
      address: '127.0.0.1',
      port: one.port,
      exposed: false,
      dispatch: () => Promise.resolve(ok({})),
      states: { subscribe: () => ({ dispose: () => undefined }) },
      ccs: new Map(),
      window: new Map(),
      bearer: BEARER,
      onBug: () => undefined,
    });
    expect(other).toMatchObject({ ok: false, error: { code: 'cannot-listen', reason: 'EADDRINUSE' } });
  });
});
