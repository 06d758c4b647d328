import { describe, expect, it } from 'vitest';
import { startRealProxy } from '../../testing/real-proxy.ts';
import { needsProxy } from '../../testing/requirements.ts';
import { type RealProxy, writeProxyConfig } from '../../testing/run-proxy.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { tlsFixture } from '../../testing/tls-fixture.ts';
import { systemClock } from '../support/clock.ts';
import { connectRemote, type JsonEntry, type RemoteConnection, type RemoteServer } from './remote-server.ts';

const program = needsProxy() ?? '';
const KEY = 'sk-test-management';

/** All that 7.2.99 knows of an entry, in the form in which it tells it. */
const FOREIGN = {
  'api-key': 'sk-test-foreign',
  priority: 5,
  weight: 3,
  prefix: 'team',
  'base-url': 'http://127.0.0.1:9/',
  'proxy-url': 'http://127.0.0.1:9',
  models: [
    {
      name: 'glm-5',
      alias: 'team-glm',
      'display-name': 'GLM',
      'max-context-length': 1000,
      'force-mapping': true,
      thinking: { min: 1, max: 2 },
    },
  ],
  headers: { 'X-Team': 'blue' },
  'excluded-models': ['claude-3-*', 'haiku'],
  'rebuild-mid-system-message': true,
  'disable-cooling': true,
  'request-retry': 2,
  'fingerprint-profile': 'claude-code-cli',
  cloak: { mode: 'always', 'strict-mode': true, 'sensitive-words': ['abc'], 'cache-user-id': true },
};
const GLM = entry('glm');
const KIMI = entry('kimi');

function entry(name: string): JsonEntry {
  return {
    'api-key': `sk-test-${name}`,
    prefix: `${name}-`,
    'base-url': 'http://127.0.0.1:9',
    'proxy-url': '',
    models: [{ name: `${name}-5`, alias: '' }],
  };
}

interface Scene {
  readonly proxy: RealProxy;
  readonly connection: RemoteConnection;
  readonly target: RemoteServer;
}

async function scene(entries: readonly JsonEntry[], extra = ''): Promise<Scene> {
  const section = entries.map((one) => `  - ${JSON.stringify(one)}\n`).join('');
  const { path, port } = await writeProxyConfig(tempFolder(), {
    secretKey: KEY,
    extra,
    section: `claude-api-key:\n${section}`,
  });
  const proxy = await startRealProxy(program, path);
  const [scheme, certificate] =
    extra === '' ? ['http', null] : (['https', tlsFixture('first').fingerprint] as const);
  const connection = { url: `${scheme}://127.0.0.1:${port}`, key: KEY, certificate, plainHttp: false };
  return { proxy, connection, target: connectRemote(connection, systemClock()) };
}

async function listed(target: RemoteServer): Promise<readonly JsonEntry[]> {
  const list = await target.list();
  if (!list.ok) throw new Error(`The list could not be read: ${list.error.code}`);
  return list.value.entries;
}

/** The writes of the management API that the proxy has logged. */
function writesOf(proxy: RealProxy): readonly string[] {
  return [...proxy.log().matchAll(/\| (PUT|PATCH|DELETE) +"\/v0\/management/g)].map(
    ([, method = '']) => method,
  );
}

describe.skipIf(program === '')('a real CLIProxyAPI as a remote server', () => {
  it('keeps every field of a foreign entry through PUT, PATCH and DELETE', async () => {
    const { proxy, target } = await scene([FOREIGN]);
    const reading = await target.read();
    expect(reading).toMatchObject({
      ok: true,
      value: { entries: [FOREIGN], version: expect.stringMatching(/^7/) as string },
    });
    expect(reading.ok && reading.value.configText).toContain('sk-test-foreign');

    expect(await target.write({ before: [FOREIGN], after: [FOREIGN, GLM, KIMI] })).toMatchObject({
      ok: true,
    });
    expect(await listed(target)).toEqual([FOREIGN, GLM, KIMI]);
    const rotated = { ...GLM, 'api-key': 'sk-test-new', models: [{ name: 'glm-6', alias: '' }] };
    expect(
      await target.write({ before: [FOREIGN, GLM, KIMI], after: [FOREIGN, rotated, KIMI] }),
    ).toMatchObject({ ok: true });
    expect(await listed(target)).toEqual([FOREIGN, rotated, KIMI]);
    expect(await target.write({ before: [FOREIGN, rotated, KIMI], after: [FOREIGN, KIMI] })).toMatchObject({
      ok: true,
    });
    expect(await listed(target)).toEqual([FOREIGN, KIMI]);
    expect(await target.write({ before: [FOREIGN, KIMI], after: [] })).toMatchObject({ ok: true });
    expect(await listed(target)).toEqual([]);
    expect(writesOf(proxy)).toEqual(['PUT', 'PATCH', 'DELETE', 'PUT']);
    expect(proxy.log()).not.toMatch(/sk-test-new|sk-test-management/);
  });

  it('changes a single entry of ours, though another client has written since we read', async () => {
    const { connection, target } = await scene([FOREIGN, GLM]);
    const other = connectRemote(connection, systemClock());
    const edited = { ...FOREIGN, prefix: 'blue' };
    expect(await other.write({ before: [FOREIGN, GLM], after: [edited, GLM] })).toMatchObject({ ok: true });
    const ours = { ...GLM, 'base-url': 'http://127.0.0.1:10' };
    expect(await target.write({ before: [FOREIGN, GLM], after: [FOREIGN, ours] })).toMatchObject({
      ok: true,
    });
    expect(await listed(target)).toEqual([edited, ours]);
    expect(await target.write({ before: [FOREIGN, ours], after: [FOREIGN] })).toMatchObject({ ok: true });
    expect(await listed(target)).toEqual([edited]);
  });

  it('is not sent a whole list where another client has written since we read', async () => {
    const { connection, target } = await scene([FOREIGN]);
    const other = connectRemote(connection, systemClock());
    expect(await other.write({ before: [FOREIGN], after: [FOREIGN, KIMI] })).toMatchObject({ ok: true });
    const written = await target.write({ before: [FOREIGN], after: [FOREIGN, GLM] });
    expect(written).toEqual({ ok: false, error: { code: 'keeps-changing' } });
    expect(await listed(target)).toEqual([FOREIGN, KIMI]);
  });

  it('says that an entry is gone, or stands twice, instead of changing another one', async () => {
    const twin = { ...GLM, prefix: 'twin-' };
    const { target } = await scene([GLM, twin]);
    const before = [FOREIGN, GLM];
    const changed = { ok: false, error: { code: 'keeps-changing' } };
    expect(await target.write({ before, after: [{ ...FOREIGN, prefix: 'x' }, GLM] })).toEqual(changed);
    expect(await target.write({ before, after: [FOREIGN] })).toEqual(changed);
    expect(await listed(target)).toEqual([GLM, twin]);
  });

  it('is asked once with a wrong key', async () => {
    const { proxy, connection, target } = await scene([GLM]);
    const wrong = connectRemote({ ...connection, key: 'sk-test-wrong' }, systemClock());
    const answers = await Promise.all([wrong.read(), wrong.list(), wrong.modelDefinitions('claude')]);
    for (const answer of answers) expect(answer).toEqual({ ok: false, error: { code: 'wrong-key' } });
    expect(wrong.asked).toBe(1);
    expect(proxy.log().match(/\b401 \|/g)).toHaveLength(1);
    expect(await listed(target)).toEqual([GLM]);
  });

  it('says how long a ban lasts, and that its management API is off', async () => {
    const { connection } = await scene([GLM]);
    const clock = systemClock();
    for (let time = 1; time <= 5; time += 1) {
      await connectRemote({ ...connection, key: 'sk-test-wrong' }, clock).list();
    }
    const banned = await connectRemote(connection, clock).list();
    const untilMs = !banned.ok && banned.error.code === 'banned' ? (banned.error.untilMs ?? 0) : 0;
    expect(Math.abs(untilMs - clock.now() - 30 * 60_000)).toBeLessThan(60_000);

    const { path, port } = await writeProxyConfig(tempFolder(), { secretKey: '' });
    await startRealProxy(program, path);
    const off = connectRemote({ ...connection, url: `http://127.0.0.1:${port}` }, clock);
    expect(await off.read()).toEqual({ ok: false, error: { code: 'api-off' } });
  });

  it('tells the definitions of a channel, and refuses one that it does not know', async () => {
    const { target } = await scene([GLM]);
    const models = await target.modelDefinitions('claude');
    expect(models.ok && models.value.length).toBeGreaterThan(0);
    const refused = { ok: false, error: { code: 'rejected', status: 400 } };
    expect(await target.modelDefinitions('nothing')).toEqual(refused);
  });

  it('is written over TLS with its pinned certificate, and never without', async () => {
    const { certPath, keyPath } = tlsFixture('first');
    const extra = `tls:\n  enable: true\n  cert: ${JSON.stringify(certPath)}\n  key: ${JSON.stringify(keyPath)}\n`;
    const { proxy, connection, target } = await scene([FOREIGN], extra);
    const unpinned = connectRemote({ ...connection, certificate: null }, systemClock());
    const { fingerprint } = tlsFixture('first');
    expect(await unpinned.read()).toMatchObject({ error: { code: 'tls-untrusted', fingerprint } });
    const other = { ...connection, certificate: tlsFixture('second').fingerprint };
    expect(await connectRemote(other, systemClock()).read()).toMatchObject({
      error: { code: 'tls-changed' },
    });
    expect(proxy.log()).not.toContain('/v0/management');
    expect(await target.write({ before: [FOREIGN], after: [FOREIGN, GLM] })).toMatchObject({ ok: true });
    expect(await listed(target)).toEqual([FOREIGN, GLM]);
  });
});
