import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { proxyObservationSchema, type ProxyObservation } from '../../../shared/schema/observation.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { freePort } from '../../testing/free-port.ts';
import { json, proxyIdentity, type Script } from '../../testing/open-scripted-server.ts';
import { startScriptedServer } from '../../testing/scripted-server.ts';
import { sectionEntries, type ShortEntry } from '../../testing/section-entry.ts';
import type { Clock } from '../support/clock.ts';
import { observeProxy, type ProxyQuestion } from './probe.ts';

const LIST = '/v0/management/claude-api-key';
const GLM: ShortEntry = { key: 'sk-test-glm', prefix: 'glm-', baseUrl: 'http://a', models: ['glm-5'] };
const KIMI: ShortEntry = { key: 'sk-test-kimi', prefix: 'kimi-', baseUrl: 'http://b', models: ['k2'] };
const MODELS = json({ data: [{ id: 'glm-5' }, { id: 'glm-/glm-5' }, { id: 'kimi-/k2' }] });
const EMPTY_MODELS = json({ data: [] });
const BOTH = json({ 'claude-api-key': [GLM, KIMI].map(served) });

function served(entry: ShortEntry): object {
  const models = (entry.models ?? []).map((name) => ({ name, alias: '' }));
  return { 'api-key': entry.key, prefix: entry.prefix, 'base-url': entry.baseUrl, models };
}

/** Time that passes only by sleeping. */
function steppingClock(): Clock & { readonly slept: () => number } {
  let now = 0;
  return {
    ...fakeClock(),
    now: () => now,
    sleep: async (delayMs) => {
      now += delayMs;
      await Promise.resolve();
    },
    slept: () => now,
  };
}

/** Asks a proxy on this port about a file in which KIMI was added beside GLM. */
async function ask(port: number, question: Partial<ProxyQuestion> = {}): Promise<ProxyObservation> {
  const observation = await observeProxy({
    realPath: '/nowhere/config.yaml',
    facts: {
      host: '',
      port,
      tls: false,
      apiKeys: ['client-key'],
      secretKey: 'secret',
      forceModelPrefix: false,
      authDir: '',
      otherModelNames: new Set(),
    },
    entries: sectionEntries(GLM, KIMI),
    expect: { owned: ['glm-', 'kimi-'], removedPrefixes: [], before: sectionEntries(GLM) },
    managementKeys: ['secret'],
    clock: steppingClock(),
    mode: 'after-write',
    ...question,
  });
  expect(proxyObservationSchema.parse(observation)).toEqual(observation);
  expect(JSON.stringify(observation)).not.toMatch(/sk-test|secret|client-key/);
  return observation;
}

function countPath(requests: readonly { readonly path: string }[], path: string): number {
  return requests.filter((request) => request.path === path).length;
}

describe('observeProxy, before it sends any key', () => {
  it('finds that nothing listens', async () => {
    expect(await ask(await freePort())).toEqual({ state: 'not-running' });
  });

  it.each<[string, Script]>([
    ['answers 404', {}],
    ['answers everything with ok', { '*': json({ status: 'ok' }) }],
    ['redirects', { '*': (_request, response) => response.writeHead(302, { location: '/login' }).end() }],
    ['answers 500', { '*': json({}, 500) }],
  ])('finds another program that %s', async (_what, script) => {
    const server = await startScriptedServer(script);
    expect(await ask(server.port)).toMatchObject({
      state: 'unverified',
      why: 'other-program',
      management: 'not-asked',
    });
    expect(server.requests.map((request) => request.authorization)).toEqual([null, null]);
  });

  it('finds another program that speaks no HTTP', async () => {
    const port = await freePort();
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('220 mail.example.com ESMTP\r\n');
    }).listen(port);
    onTestFinished(() => void server.close());
    expect(await ask(port)).toMatchObject({ state: 'unverified', why: 'other-program' });
  });

  it('finds that no answer comes', async () => {
    const server = await startScriptedServer({ '*': () => undefined });
    expect(await ask(server.port)).toMatchObject({ state: 'unverified', why: 'no-answer' });
  });

  it('finds an older proxy by what it says at its root', async () => {
    const { '/': root } = proxyIdentity();
    const server = await startScriptedServer({ '/': root ?? json({}), '/v1/models': MODELS });
    expect(await ask(server.port)).toMatchObject({ state: 'loaded', by: 'model-list', management: 'off' });
  });
});

describe('observeProxy, asking for keys', () => {
  it('sends no candidate that does not fit the secret-key', async () => {
    const server = await startScriptedServer({ ...proxyIdentity(), '/v1/models': MODELS, [LIST]: BOTH });
    const observation = await ask(server.port, { managementKeys: ['ccs', 'wrong'] });
    expect(observation).toMatchObject({ state: 'loaded', by: 'model-list', management: 'no-key' });
    expect(countPath(server.requests, LIST)).toBe(0);
    expect(new Set(server.requests.map((request) => request.authorization))).toEqual(
      new Set([null, 'Bearer client-key']),
    );
    expect(server.requests.every((request) => request.userAgent === 'cliproxy-sync')).toBe(true);
  });

  it.each([
    [401, 'refused'],
    [403, 'forbidden'],
    [404, 'off'],
  ] as const)('asks the management API once only where it answers %i', async (status, management) => {
    const script = { ...proxyIdentity(), [LIST]: json({}, status), '/v1/models': EMPTY_MODELS };
    const server = await startScriptedServer(script);
    expect(await ask(server.port)).toMatchObject({
      state: 'not-loaded',
      why: 'differs',
      management,
      missing: ['glm-/glm-5', 'kimi-/k2'],
    });
    expect(countPath(server.requests, LIST)).toBe(1);
    expect(countPath(server.requests, '/v1/models')).toBeGreaterThan(1);
  });

  it.each<[string, Script[string]]>([
    ['answers 500', json({}, 500)],
    ['answers with no JSON', (_request, response) => response.end('{"claude')],
    ['redirects', (_request, response) => response.writeHead(301, { location: 'http://127.0.0.1:1/' }).end()],
    [
      'ends in the middle',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '50' });
        response.write('{', () => response.destroy());
      },
    ],
  ])('lets the model list decide where the management API %s', async (_what, answer) => {
    const server = await startScriptedServer({ ...proxyIdentity(), [LIST]: answer, '/v1/models': MODELS });
    expect(await ask(server.port)).toMatchObject({ state: 'loaded', by: 'model-list', management: 'failed' });
  });

  it('waits until the proxy has loaded the file', async () => {
    let asked = 0;
    const late: Script[string] = (request, response) => {
      asked += 1;
      (asked > 3 ? BOTH : json({ 'claude-api-key': [served(GLM)] }))(request, response);
    };
    const server = await startScriptedServer({ ...proxyIdentity(), [LIST]: late, '/v1/models': MODELS });
    expect(await ask(server.port)).toMatchObject({ state: 'loaded', by: 'management-api' });
    expect(asked).toBe(4);
  });

  it('waits until requests are routed to the entries, but not for ever', async () => {
    let asked = 0;
    let routedAfter = 3;
    const late: Script[string] = (request, response) => {
      asked += 1;
      const kimi = asked > routedAfter ? { ...served(KIMI), 'auth-index': '2' } : served(KIMI);
      json({ 'claude-api-key': [{ ...served(GLM), 'auth-index': '1' }, kimi] })(request, response);
    };
    const server = await startScriptedServer({ ...proxyIdentity(), [LIST]: late, '/v1/models': MODELS });
    expect(await ask(server.port)).toMatchObject({ state: 'loaded', by: 'management-api' });
    expect(asked).toBe(4);
    routedAfter = Infinity;
    expect(await ask(server.port)).toMatchObject({ state: 'loaded', by: 'management-api' });
  });

  it('waits 5 s and 2 ms an entry, and names what differs', async () => {
    const list = json({ 'claude-api-key': [served(GLM)] });
    const server = await startScriptedServer({ ...proxyIdentity(), [LIST]: list, '/v1/models': MODELS });
    const clock = steppingClock();
    expect(await ask(server.port, { clock })).toMatchObject({
      state: 'not-loaded',
      why: 'differs',
      missing: ['kimi-/k2'],
      missingCount: 1,
      ghostCount: 0,
    });
    expect(clock.slept()).toBeGreaterThanOrEqual(5004);
    expect(clock.slept()).toBeLessThan(5500);
  });

  it('looks for half a second only where it shall look once', async () => {
    const list = json({ 'claude-api-key': [] });
    const server = await startScriptedServer({ ...proxyIdentity(), [LIST]: list, '/v1/models': MODELS });
    const clock = steppingClock();
    expect(await ask(server.port, { clock, mode: 'once' })).toMatchObject({
      state: 'not-loaded',
      why: 'differs',
    });
    expect(clock.slept()).toBeLessThan(1000);
  });

  it('ends also where the time stands still', async () => {
    const list = json({ 'claude-api-key': [] });
    const server = await startScriptedServer({ ...proxyIdentity(), [LIST]: list });
    const clock: Clock = { ...fakeClock(), now: () => 0, sleep: () => Promise.resolve() };
    expect(await ask(server.port, { clock })).toMatchObject({ state: 'not-loaded', why: 'differs' });
  });

  it('names 20 differences at most, and counts all', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...KIMI, prefix: `p${index}-` }));
    const list = json({ 'claude-api-key': [] });
    const server = await startScriptedServer({ ...proxyIdentity(), [LIST]: list });
    const observation = await ask(server.port, { mode: 'once', entries: sectionEntries(...many) });
    expect(observation).toMatchObject({ state: 'not-loaded', missingCount: 30 });
    expect(observation).toHaveProperty('missing.length', 20);
  });
});

describe('observeProxy, asking for models', () => {
  const noKeys = { managementKeys: [] };

  async function askModels(
    answer: Script[string],
    question: Partial<ProxyQuestion>,
  ): Promise<ProxyObservation> {
    const server = await startScriptedServer({ ...proxyIdentity(), '/v1/models': answer });
    return ask(server.port, { ...noKeys, ...question });
  }

  it.each<[string, Script[string]]>([
    ['api-key-refused', json({ error: 'Invalid API key' }, 401)],
    ['no-model-list', json({}, 500)],
    ['no-model-list', json({ data: 'none' })],
    ['no-model-list', (_request, response) => response.end('{')],
  ])('says %s where that is so', async (why, answer) => {
    expect(await askModels(answer, {})).toMatchObject({ state: 'unverified', why, watching: null });
  });

  it('says so where no api-key can be sent', async () => {
    const server = await startScriptedServer({ ...proxyIdentity(), '/v1/models': MODELS });
    const facts = {
      host: '127.0.0.1',
      port: server.port,
      tls: false,
      apiKeys: ['schlüssel'],
      secretKey: '',
      forceModelPrefix: false,
      authDir: '',
      otherModelNames: new Set<string>(),
    };
    expect(await ask(server.port, { facts })).toMatchObject({ state: 'unverified', why: 'no-api-key' });
  });

  it('says so where no name of ours is there or has gone', async () => {
    const entries = sectionEntries({ key: 'sk-test-own', models: ['own'] });
    const nothing = { owned: [], removedPrefixes: [], before: entries };
    const observation = await askModels(MODELS, { entries, expect: nothing });
    expect(observation).toMatchObject({ state: 'unverified', why: 'nothing-to-check' });
  });

  it('tells ghosts from a file that was not loaded at all', async () => {
    const gone = { owned: [], removedPrefixes: ['glm-', 'kimi-'], before: sectionEntries(GLM, KIMI) };
    const none = { entries: [], expect: gone };
    const left = json({ data: [{ id: 'glm-/glm-5' }] });
    const ghosts = { state: 'not-loaded', why: 'ghosts', ghosts: ['glm-/glm-5'], ghostCount: 1, missing: [] };
    expect(await askModels(left, none)).toMatchObject(ghosts);
    expect(await askModels(MODELS, none)).toMatchObject({
      state: 'not-loaded',
      why: 'differs',
      ghostCount: 2,
    });
    expect(await askModels(EMPTY_MODELS, none)).toMatchObject({ state: 'loaded', by: 'model-list' });
  });

  it("finds ghosts although the proxy's list equals the file's", async () => {
    const list = json({ 'claude-api-key': [served(GLM)] });
    const server = await startScriptedServer({ ...proxyIdentity(), [LIST]: list, '/v1/models': MODELS });
    const observation = await ask(server.port, {
      entries: sectionEntries(GLM),
      expect: { owned: ['glm-'], removedPrefixes: ['kimi-'], before: null },
    });
    expect(observation).toMatchObject({ state: 'not-loaded', why: 'ghosts', ghosts: ['kimi-/k2'] });
  });

  it("believes the proxy's list where a name is not served for a reason of its own", async () => {
    const server = await startScriptedServer({
      ...proxyIdentity(),
      [LIST]: BOTH,
      '/v1/models': EMPTY_MODELS,
    });
    expect(await ask(server.port)).toMatchObject({ state: 'loaded', by: 'management-api' });
  });
});
