import { describe, expect, it } from 'vitest';
import { json, type Script } from '../../testing/open-scripted-server.ts';
import { startScriptedServer } from '../../testing/scripted-server.ts';
import type { ConnectionTest } from '../../../shared/schema/profile.ts';
import { testConnection } from './test-connection.ts';

const KEY = 'sk-test-canary-0123456789';

async function tried(
  answer: Script[string],
  over: { readonly timeoutMs?: number } = {},
): Promise<ConnectionTest> {
  const { port } = await startScriptedServer({ '/a/v1/messages?beta=true': answer });
  const result = await testConnection({
    baseUrl: `http://127.0.0.1:${port}/a`,
    model: 'm',
    key: KEY,
    timeoutMs: 10_000,
    ...over,
  });
  expect(JSON.stringify(result)).not.toContain('canary');
  return result;
}

describe('the test of a connection', () => {
  it('sends one tiny message the way the proxy would', async () => {
    const server = await startScriptedServer({ '*': json({ type: 'message' }) });
    const base = `http://127.0.0.1:${server.port}`;
    for (const baseUrl of [base, `${base}/`, `${base}/x/v1`]) {
      const result = await testConnection({ baseUrl, model: 'm', key: KEY, timeoutMs: 10_000 });
      expect(result).toEqual({ state: 'works', status: 200 });
    }
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/messages?beta=true',
      'POST //v1/messages?beta=true',
      'POST /x/v1/v1/messages?beta=true',
    ]);
    const [first] = server.requests;
    expect(first?.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ model: 'm', max_tokens: 1 });
  });

  it.each([
    [401, { state: 'refused', status: 401 }],
    [403, { state: 'refused', status: 403 }],
    [404, { state: 'unknown', why: 'status', status: 404 }],
    [429, { state: 'unknown', why: 'status', status: 429 }],
    [500, { state: 'unknown', why: 'status', status: 500 }],
    [200, { state: 'unknown', why: 'bad-answer', status: 200 }],
  ])('tells of an answer %d no more than it says', async (status, expected) => {
    expect(await tried(json({ error: `you sent ${KEY}` }, status))).toEqual(expected);
  });

  it('follows no redirect', async () => {
    const other = await startScriptedServer({ '*': json({ type: 'message' }) });
    const location = `http://127.0.0.1:${other.port}/a`;
    const result = await tried((_request, response) => response.writeHead(307, { location }).end());
    expect(result).toEqual({ state: 'unknown', why: 'redirect', status: 307 });
    expect(other.requests).toEqual([]);
  });

  it('does not take silence for anything', async () => {
    expect(await tried(() => undefined, { timeoutMs: 100 })).toEqual({
      state: 'unknown',
      why: 'timeout',
      status: null,
    });
  });

  it('tells where nobody listens', async () => {
    const result = await testConnection({
      baseUrl: 'http://127.0.0.1:1',
      model: 'm',
      key: KEY,
      timeoutMs: 10_000,
    });
    expect(result).toEqual({ state: 'unreachable', why: 'refused-connection' });
  });

  it.each([
    ['no-model', { model: '' }],
    ['bad-key', { key: 'sk-test\nx' }],
    ['bad-base-url', { baseUrl: 'ftp://x.test' }],
    ['bad-base-url', { baseUrl: 'nonsense' }],
    ['bad-base-url', { baseUrl: 'http://127.0.0.1:1/?k=v' }],
  ])('sends nothing where it can not (%s)', async (why, over) => {
    const request = { baseUrl: 'http://127.0.0.1:1', model: 'm', key: KEY, timeoutMs: 10_000, ...over };
    expect(await testConnection(request)).toEqual({ state: 'unknown', why, status: null });
  });
});
