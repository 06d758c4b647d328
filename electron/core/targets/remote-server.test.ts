import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { startFaultyRemote } from '../../testing/faulty-remote.ts';
import { freePort } from '../../testing/free-port.ts';
import type { FaultyRemote, FaultyRemoteOptions } from '../../testing/open-faulty-remote.ts';
import type { RemoteTrouble } from '../../testing/remote-fault-script.ts';
import { tlsFixture, type TlsFixtureName } from '../../testing/tls-fixture.ts';
import type { RemoteLimits } from './remote-calls.ts';
import { connectRemote, type RemoteConnection, type RemoteServer } from './remote-server.ts';

const KEY = 'sk-test-management';
const GLM = {
  'api-key': 'sk-test-glm',
  prefix: 'glm-',
  'base-url': 'http://127.0.0.1:9',
  'proxy-url': '',
  models: [{ name: 'glm-5', alias: '' }],
};
const FOREIGN = {
  ...GLM,
  'api-key': 'sk-test-foreign',
  prefix: '',
  headers: { 'X-Team': 'blue' },
  priority: 5,
};

const NO_LIST = { code: 'bad-answer', reason: 'not-a-list' };

function server(connection: Partial<RemoteConnection>, limits: Partial<RemoteLimits> = {}): RemoteServer {
  const whole = { url: '', key: KEY, certificate: null, plainHttp: false, ...connection };
  return connectRemote(whole, fakeClock(), { readMs: 30_000, writeMs: 30_000, ...limits });
}

async function scene(
  options: Partial<FaultyRemoteOptions> = {},
): Promise<{ readonly remote: FaultyRemote; readonly target: RemoteServer }> {
  const remote = await startFaultyRemote({ key: KEY, entries: [FOREIGN, GLM], ...options });
  return { remote, target: server({ url: remote.url, certificate: remote.fingerprint }) };
}

function methods(remote: FaultyRemote): readonly string[] {
  return remote.requests.map(({ method }) => method);
}

describe('a remote server', () => {
  it('tells its list with every field as it came, its file, and its version', async () => {
    const { target } = await scene({ config: { 'api-keys': ['sk-test-client'] } });
    const reading = await target.read();
    expect(reading).toMatchObject({
      ok: true,
      value: { entries: [FOREIGN, GLM], routed: true, version: '7.2.99' },
    });
    expect(reading.ok && reading.value.configText).toContain('sk-test-client');
    expect(target.asked).toBe(2);
  });

  it('is reached below the path of a reverse proxy', async () => {
    const { remote } = await scene();
    await server({ url: `${remote.url}/cpa/` }).list();
    expect(remote.requests.map(({ path }) => path)).toEqual(['/cpa/v0/management/claude-api-key']);
  });

  it('tells the definitions of a channel, and that it does not know one', async () => {
    const { target } = await scene({ definitions: { gemini: [{ id: 'a' }] } });
    expect(await target.modelDefinitions('gemini')).toEqual({ ok: true, value: [{ id: 'a' }] });
    const unknown = { ok: false, error: { code: 'rejected', status: 400 } };
    expect(await target.modelDefinitions('no/../channel')).toEqual(unknown);
  });
});

describe('writing to a remote server', () => {
  it('changes one entry by itself, so that what another client writes meanwhile stays', async () => {
    const { remote, target } = await scene();
    remote.beforeWrite(() =>
      remote.setEntries([
        { ...FOREIGN, priority: 7 },
        { ...GLM, weight: 2 },
      ]),
    );
    const after = [FOREIGN, { ...GLM, 'api-key': 'sk-test-new' }];
    expect(await target.write({ before: [FOREIGN, GLM], after })).toEqual({ ok: true, value: undefined });
    expect(remote.entries()).toEqual([
      { ...FOREIGN, priority: 7 },
      { ...GLM, 'api-key': 'sk-test-new', weight: 2 },
    ]);
    expect(methods(remote)).toEqual(['PATCH']);
  });

  it('removes one entry by itself, so that what another client writes meanwhile stays', async () => {
    const { remote, target } = await scene();
    remote.beforeWrite(() => remote.setEntries([GLM, { ...FOREIGN, priority: 7 }]));
    expect(await target.write({ before: [FOREIGN, GLM], after: [FOREIGN] })).toMatchObject({ ok: true });
    expect(remote.entries()).toEqual([{ ...FOREIGN, priority: 7 }]);
    expect(methods(remote)).toEqual(['DELETE']);
  });

  it('sends the whole list to add an entry, after a look at the last moment', async () => {
    const { remote, target } = await scene({ entries: [FOREIGN] });
    expect(await target.write({ before: [FOREIGN], after: [FOREIGN, GLM] })).toMatchObject({ ok: true });
    expect(remote.entries()).toEqual([FOREIGN, GLM]);
    expect(methods(remote)).toEqual(['PUT', 'GET']);
  });

  it('empties the list', async () => {
    const { remote, target } = await scene({ entries: [GLM, GLM] });
    expect(await target.write({ before: [GLM, GLM], after: [] })).toMatchObject({ ok: true });
    expect(remote.entries()).toEqual([]);
    expect(remote.requests[0]?.body).toBe('[]');
  });

  it('withdraws the whole list where another client wrote since it was read', async () => {
    const { remote, target } = await scene({ entries: [FOREIGN] });
    remote.beforeBody(() => remote.setEntries([{ ...FOREIGN, priority: 7 }]));
    const written = await target.write({ before: [FOREIGN], after: [FOREIGN, GLM] });
    expect(written).toEqual({ ok: false, error: { code: 'keeps-changing' } });
    expect(remote.entries()).toEqual([{ ...FOREIGN, priority: 7 }]);
    expect(remote.requests.find(({ method }) => method === 'PUT')?.body).toBe('');
  });

  it.each([
    ['it is gone', [FOREIGN], [FOREIGN, { ...GLM, prefix: 'new-' }]],
    ['its key stands twice now', [FOREIGN, GLM, { ...GLM, prefix: 'other-' }], [FOREIGN]],
  ])('changes nothing where %s since it was read', async (_name, now, after) => {
    const { remote, target } = await scene({ entries: now });
    const written = await target.write({ before: [FOREIGN, GLM], after });
    expect(written).toEqual({ ok: false, error: { code: 'keeps-changing' } });
    expect(remote.entries()).toEqual(now);
  });

  it('sends nothing where nothing changes', async () => {
    const { remote, target } = await scene();
    expect(await target.write({ before: [GLM], after: [{ ...GLM, headers: null }] })).toMatchObject({
      ok: true,
    });
    expect(remote.requests).toEqual([]);
  });

  it('says so where the connection is cut before the server told that it was done', async () => {
    const { remote, target } = await scene();
    await remote.setFault({ kind: 'done-unsaid' }, ['DELETE']);
    const written = await target.write({ before: [FOREIGN, GLM], after: [FOREIGN] });
    expect(written).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
    expect((await target.list()).ok && remote.entries()).toEqual([FOREIGN]);
  });
});

describe('the faults of a remote server', () => {
  const cases: readonly (readonly [string, RemoteTrouble, object])[] = [
    ['a closed port', { kind: 'refuse' }, { code: 'unreachable', reason: 'ECONNREFUSED' }],
    ['404', { kind: 'status', status: 404 }, { code: 'api-off' }],
    ['422', { kind: 'status', status: 422 }, { code: 'rejected', status: 422 }],
    ['503', { kind: 'status', status: 503 }, { code: 'server-error', status: 503 }],
    ['204', { kind: 'status', status: 204 }, { code: 'bad-answer', reason: 'status-204' }],
    ['half an answer', { kind: 'half' }, { code: 'bad-answer', reason: 'ECONNRESET' }],
    ['a page', { kind: 'garbage', body: '<html>' }, NO_LIST],
    ['other JSON', { kind: 'garbage', body: '[]' }, NO_LIST],
    ['an object for the list', { kind: 'garbage', body: '{"claude-api-key":{}}' }, NO_LIST],
    ['a text for an entry', { kind: 'garbage', body: '{"claude-api-key":["x"]}' }, NO_LIST],
    ['17 MiB', { kind: 'garbage', body: ' '.repeat(17 << 20) }, { code: 'bad-answer', reason: 'too-large' }],
    [
      'a redirect to nowhere',
      { kind: 'redirect', to: 'http://' },
      { code: 'redirect', status: 307, to: null },
    ],
    [
      'a redirect',
      { kind: 'redirect', to: 'https://cpa.invalid/x' },
      { code: 'redirect', status: 307, to: 'cpa.invalid' },
    ],
  ];

  it.each(cases)('are told apart, and a later try works: %s', async (_name, trouble, error) => {
    const { remote, target } = await scene();
    await remote.setFault(trouble);
    expect(await target.list()).toEqual({ ok: false, error });
    await remote.setFault(null);
    expect(await target.list()).toMatchObject({ ok: true });
  });

  it('are a host without an address, and a port where nothing listens', async () => {
    const nowhere = server({ url: 'https://nowhere.invalid' });
    expect(await nowhere.list()).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    const closed = server({ url: `https://127.0.0.1:${await freePort()}` });
    expect(await closed.read()).toEqual({
      ok: false,
      error: { code: 'unreachable', reason: 'ECONNREFUSED' },
    });
    expect(closed.asked).toBe(0);
  });

  it('are a server that does not answer, and one that never ends the handshake', async () => {
    const { remote } = await scene();
    await remote.setFault({ kind: 'silent' });
    const slow = server({ url: remote.url }, { readMs: 200, writeMs: 200 });
    expect(await slow.list()).toEqual({ ok: false, error: { code: 'timeout' } });
    expect(await slow.write({ before: [GLM], after: [] })).toEqual({ ok: false, error: { code: 'timeout' } });
    const mute = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    onTestFinished(() => void mute.close());
    const { port } = mute.address() as AddressInfo;
    const handshake = server({ url: `https://127.0.0.1:${port}` }, { readMs: 200 });
    expect(await handshake.list()).toEqual({ ok: false, error: { code: 'timeout' } });
    expect(handshake.asked).toBe(0);
  });

  it('are a wrong key, which is sent once, whatever is asked at once and afterwards', async () => {
    const { remote } = await scene();
    const target = server({ url: remote.url, key: 'sk-test-wrong' });
    const all = [target.read(), target.list(), target.modelDefinitions('gemini'), target.list()];
    for (const answer of await Promise.all(all))
      expect(answer).toEqual({ ok: false, error: { code: 'wrong-key' } });
    expect(await target.write({ before: [GLM], after: [] })).toEqual({
      ok: false,
      error: { code: 'wrong-key' },
    });
    expect([remote.withKey(), target.asked]).toEqual([1, 1]);
  });

  it('are a key that no header can carry: it is not sent', async () => {
    const { remote } = await scene();
    for (const key of ['', ' sk', 'sk\r\nx: y', 'schlüssel']) {
      const target = server({ url: remote.url, key });
      expect(await target.read()).toEqual({ ok: false, error: { code: 'wrong-key' } });
    }
    expect(remote.requests).toEqual([]);
  });

  it('are remote management that is off: it is asked once', async () => {
    const { remote, target } = await scene();
    await remote.setFault({ kind: 'forbidden' });
    for (let time = 1; time <= 3; time += 1) {
      expect(await target.read()).toEqual({ ok: false, error: { code: 'forbidden' } });
    }
    expect(remote.withKey()).toBe(1);
  });

  it.each([
    ['29m58s', 1_798_000],
    ['30m0s', 1_800_000],
    ['45s', 45_000],
    ['1h0m3s', 3_603_000],
    ['a while', null],
    ['9999h0m0s', null],
  ])('are a ban for %s: nothing is sent before it ends', async (wait, waitMs) => {
    const { remote } = await scene();
    const clock = fakeClock();
    const connection = { url: remote.url, key: KEY, certificate: null, plainHttp: false };
    const target = connectRemote(connection, clock);
    await remote.setFault({ kind: 'banned', wait });
    const banned = { code: 'banned', untilMs: waitMs === null ? null : clock.now() + waitMs };
    expect(await target.list()).toEqual({ ok: false, error: banned });
    await remote.setFault(null);
    await clock.leap((waitMs ?? 3_600_000) - 1);
    expect(await target.list()).toEqual({ ok: false, error: banned });
    expect(remote.withKey()).toBe(1);
    await clock.leap(1);
    expect((await target.list()).ok).toBe(waitMs !== null);
  });

  it('are a redirect to another host, which never hears of the key', async () => {
    const { remote, target } = await scene();
    await remote.setFault({ kind: 'redirect' });
    const answers = [await target.read(), await target.write({ before: [GLM], after: [] })];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'redirect', to: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string },
      });
    }
    expect(remote.elsewhere).toEqual([]);
  });

  it('are plain HTTP to another machine that nobody agreed to: nothing is sent', async () => {
    const target = server({ url: 'http://192.0.2.1:8317' });
    expect(await target.read()).toEqual({ ok: false, error: { code: 'plain-http' } });
    expect(await target.write({ before: [GLM], after: [] })).toMatchObject({ error: { code: 'plain-http' } });
    const agreed = server({ url: 'http://nowhere.invalid', plainHttp: true });
    expect(await agreed.read()).toMatchObject({ ok: false, error: { code: 'unreachable' } });
  });

  it('never say what a body or a key said', async () => {
    const { remote, target } = await scene();
    await remote.setFault({ kind: 'garbage', body: 'sk-test-canary' });
    expect(JSON.stringify(await target.read())).not.toMatch(/canary|sk-test/);
  });
});

describe('the certificate of a remote server', () => {
  async function shown(tls: TlsFixtureName): Promise<FaultyRemote> {
    return startFaultyRemote({ key: KEY, entries: [GLM], tls });
  }

  it('is not trusted where nobody vouches for it: the key is not sent, and what it shows can be pinned', async () => {
    const remote = await shown('first');
    const target = server({ url: remote.url });
    const { fingerprint } = tlsFixture('first');
    const fault = {
      code: 'tls-untrusted',
      reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      fingerprint,
      subject: 'first.test.invalid',
    };
    const answer = await target.read();
    expect(answer).toMatchObject({ ok: false, error: fault });
    expect(!answer.ok && answer.error.code === 'tls-untrusted' && answer.error.validToMs).toBeGreaterThan(
      Date.parse('2100-01-01'),
    );
    expect([remote.requests.length, target.asked]).toEqual([0, 0]);
    const pinned = server({ url: remote.url, certificate: fingerprint });
    expect(await pinned.read()).toMatchObject({ ok: true, value: { entries: [GLM] } });
  });

  it('is trusted where an authority vouches for it and its name is right', async () => {
    const authorities = ['first', 'other-name', 'expired'].map(
      (name) => tlsFixture(name as TlsFixtureName).cert,
    );
    const right = await shown('first');
    expect(await server({ url: right.url }, { authorities }).list()).toMatchObject({ ok: true });
    const other = await shown('other-name');
    expect(await server({ url: other.url }, { authorities }).list()).toMatchObject({
      error: { code: 'tls-untrusted', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
    const expired = await shown('expired');
    expect(await server({ url: expired.url }, { authorities }).list()).toMatchObject({
      error: { code: 'tls-untrusted', reason: 'CERT_HAS_EXPIRED', validToMs: Date.UTC(2021, 0, 1) },
    });
    expect([other.requests.length, expired.requests.length]).toEqual([0, 0]);
  });

  it.each(['other-name', 'expired'] as const)(
    'is taken where it is pinned, though it is %s',
    async (name) => {
      const remote = await shown(name);
      const target = server({ url: remote.url, certificate: tlsFixture(name).fingerprint });
      expect(await target.write({ before: [GLM], after: [GLM, FOREIGN] })).toMatchObject({ ok: true });
      expect(remote.entries()).toEqual([GLM, FOREIGN]);
    },
  );

  it('is refused where another one is pinned, even one that is trusted: nothing is sent', async () => {
    const remote = await shown('first');
    const target = server(
      { url: remote.url, certificate: remote.fingerprint },
      { authorities: [tlsFixture('second').cert] },
    );
    expect(await target.list()).toMatchObject({ ok: true });
    remote.setCertificate('second');
    const { fingerprint } = tlsFixture('second');
    const changed = {
      ok: false,
      error: { code: 'tls-changed', fingerprint, subject: 'second.test.invalid' },
    };
    expect(await target.list()).toEqual(changed);
    expect(await target.write({ before: [GLM], after: [] })).toEqual(changed);
    expect([remote.requests.length, target.asked]).toEqual([1, 1]);
    remote.setCertificate('first');
    expect(await target.list()).toMatchObject({ ok: true });
  });

  it('is missing where a server speaks plain HTTP: nothing that it could read is sent', async () => {
    const { remote } = await scene();
    const target = server({ url: remote.url.replace('http:', 'https:') });
    expect(await target.read()).toMatchObject({ error: { code: 'tls-untrusted', fingerprint: null } });
    expect([remote.requests.length, target.asked]).toEqual([0, 0]);
  });
});
