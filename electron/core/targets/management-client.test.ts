import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../testing/free-port.ts';
import { json, type Script } from '../../testing/open-scripted-server.ts';
import { startScriptedServer } from '../../testing/scripted-server.ts';
import { getClaudeApiKeys, type ManagementAccess } from './management-client.ts';

const LIST = '/v0/management/claude-api-key';

function access(port: number, timeoutMs = 10_000): ManagementAccess {
  return { origin: { host: '127.0.0.1', port, tls: 'off' }, key: 'sk-test-management', timeoutMs };
}

async function listFrom(answer: Script[string], timeoutMs = 10_000): ReturnType<typeof getClaudeApiKeys> {
  const server = await startScriptedServer({ [LIST]: answer });
  return getClaudeApiKeys(access(server.port, timeoutMs));
}

describe('getClaudeApiKeys', () => {
  it('reads the list, and takes null, missing and empty for the same', async () => {
    const entries = [
      {
        'api-key': 'sk-test-1',
        prefix: 'glm-',
        'base-url': 'http://a',
        models: [{ name: 'glm-5', alias: '' }],
      },
      { 'api-key': 'sk-test-2', 'base-url': null, models: null, headers: { x: 'y' }, 'auth-index': '0a' },
    ];
    const answer = await listFrom((request, response) => {
      expect(request.authorization).toBe('Bearer sk-test-management');
      response.setHeader('X-CPA-VERSION', '7.2.99');
      response.end(JSON.stringify({ 'claude-api-key': entries, more: 1 }));
    });
    expect(answer).toEqual({
      ok: true,
      value: {
        version: '7.2.99',
        value: [
          {
            apiKey: 'sk-test-1',
            prefix: 'glm-',
            baseUrl: 'http://a',
            models: [{ name: 'glm-5', alias: '' }],
            routed: false,
          },
          { apiKey: 'sk-test-2', prefix: '', baseUrl: '', models: [], routed: true },
        ],
      },
    });
  });

  it('reads a null list as an empty one', async () => {
    expect(await listFrom(json({ 'claude-api-key': null }))).toMatchObject({
      ok: true,
      value: { value: [] },
    });
  });

  it.each([
    [401, { code: 'unauthorized' }],
    [403, { code: 'forbidden' }],
    [404, { code: 'api-off' }],
    [422, { code: 'rejected', status: 422 }],
    [500, { code: 'server-error', status: 500 }],
    [503, { code: 'server-error', status: 503 }],
    [204, { code: 'bad-answer', reason: 'status-204' }],
  ])('tells a %i apart', async (status, error) => {
    expect(await listFrom(json({}, status))).toEqual({ ok: false, error });
  });

  it.each(['<html>', '', '[]', '{}', '{"claude-api-key":{}}', '{"claude-api-key":[{"api-key":[]}]}'])(
    'finds that %s is no list',
    async (text) => {
      const answer = await listFrom((_request, response) => response.end(text));
      expect(answer).toEqual({ ok: false, error: { code: 'bad-answer', reason: 'not-a-list' } });
    },
  );

  it('never follows a redirect, so the key goes nowhere else', async () => {
    const other = await startScriptedServer({ '*': json({ 'claude-api-key': [] }) });
    const answer = await listFrom((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${other.port}${LIST}` }).end();
    });
    expect(answer).toEqual({ ok: false, error: { code: 'redirect', status: 307 } });
    expect(other.requests).toEqual([]);
  });

  it('finds a closed port', async () => {
    const answer = await getClaudeApiKeys(access(await freePort()));
    expect(answer).toEqual({ ok: false, error: { code: 'refused-connection' } });
  });

  it('finds a host that has no address', async () => {
    const origin = { host: 'nowhere.invalid', port: 80, tls: 'off' } as const;
    const answer = await getClaudeApiKeys({ ...access(80), origin });
    expect(answer).toMatchObject({ ok: false, error: { code: 'unreachable' } });
  });

  it('gives up on a server that does not answer', async () => {
    expect(await listFrom(() => undefined, 100)).toEqual({ ok: false, error: { code: 'timeout' } });
  });

  it('gives up on a server that never ends its answer', async () => {
    const answer = await listFrom((_request, response) => response.write('{"claude'), 200);
    expect(answer).toEqual({ ok: false, error: { code: 'timeout' } });
  });

  it('finds an answer that is cut off', async () => {
    const answer = await listFrom((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"claude-api-key":[]}', () => response.destroy());
    });
    expect(answer).toEqual({ ok: false, error: { code: 'bad-answer', reason: 'ECONNRESET' } });
  });

  it('reads no more than 16 MiB', async () => {
    const answer = await listFrom((_request, response) => {
      const flood = (): void => {
        while (response.write(Buffer.alloc(1024 * 1024, 0x20)));
        response.once('drain', flood);
      };
      flood();
    });
    expect(answer).toEqual({ ok: false, error: { code: 'bad-answer', reason: 'too-large' } });
  });

  it('finds that something speaks no HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const answer = await getClaudeApiKeys(access((server.address() as AddressInfo).port));
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  });

  it('finds that a server speaks no TLS', async () => {
    const server = await startScriptedServer({ '*': json({}) });
    const origin = { host: '127.0.0.1', port: server.port, tls: 'unverified' } as const;
    const answer = await getClaudeApiKeys({ ...access(server.port), origin });
    expect(answer).toMatchObject({ ok: false, error: { code: 'tls-failed' } });
    expect(server.requests).toEqual([]);
  });

  it('carries no version that is not one', async () => {
    const answer = await listFrom((_request, response) => {
      response.setHeader('X-CPA-VERSION', 'run `rm -rf ~`');
      response.end('{"claude-api-key":[]}');
    });
    expect(answer).toMatchObject({ ok: true, value: { version: null } });
  });
});
