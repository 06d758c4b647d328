import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import { startRealProxy } from '../../testing/real-proxy.ts';
import { writeProxyConfig, type ProxyConfigOptions, type RealProxy } from '../../testing/run-proxy.ts';
import { needsProxy, requires } from '../../testing/requirements.ts';
import { sectionEntries, sectionText, type ShortEntry } from '../../testing/section-entry.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { startUpstream } from '../../testing/upstream.ts';
import { systemClock } from '../support/clock.ts';
import { httpCall } from './http-call.ts';
import { getClaudeApiKeys } from './management-client.ts';
import { observeProxy, type ProxyQuestion } from './probe.ts';

const program = needsProxy() ?? '';
const CLIENT_KEY = 'test-client-key';
const GLM: ShortEntry = {
  key: 'sk-test-glm-1',
  prefix: 'glm-',
  baseUrl: 'http://127.0.0.1:9',
  models: ['glm-5'],
};
const KIMI: ShortEntry = {
  key: 'sk-test-kimi',
  prefix: 'kimi-',
  baseUrl: 'http://127.0.0.1:9',
  models: ['k2=kimi'],
};

/** A running proxy whose file holds these entries, and what it takes to change the file and ask. */
interface Scene {
  readonly proxy: RealProxy;
  readonly path: string;
  write(how: 'in-place' | 'rename', ...entries: readonly ShortEntry[]): void;
  /** Asks about what was written last. */
  observe(question?: Partial<ProxyQuestion>): Promise<ProxyObservation>;
}

async function startScene(options: ProxyConfigOptions, ...start: readonly ShortEntry[]): Promise<Scene> {
  const config = await writeProxyConfig(tempFolder(), { ...options, section: sectionText(...start) });
  const proxy = await startRealProxy(program, config.path);
  let before = start;
  let now = start;
  return {
    proxy,
    path: config.path,
    write: (how, ...entries) => {
      [before, now] = [now, entries];
      const text = readFileSync(config.path, 'utf8');
      const changed = text.slice(0, text.indexOf('claude-api-key:')) + sectionText(...entries);
      if (how === 'in-place') writeInPlace(config.path, changed);
      else replace(config.path, changed);
    },
    observe: (question) => {
      const prefixes = now.map((entry) => entry.prefix ?? '');
      const gone = before.map((entry) => entry.prefix ?? '').filter((prefix) => !prefixes.includes(prefix));
      return observeProxy({
        realPath: config.path,
        facts: factsOf(config.path, options.apiKeys ?? [CLIENT_KEY]),
        entries: sectionEntries(...now),
        expect: { owned: prefixes, removedPrefixes: gone, before: sectionEntries(...before) },
        managementKeys: ['wrong-candidate', 'ccs'],
        clock: systemClock(),
        mode: 'after-write',
        ...question,
      });
    },
  };
}

function factsOf(path: string, apiKeys: readonly string[]): ProxyQuestion['facts'] {
  const text = readFileSync(path, 'utf8');
  return {
    host: '127.0.0.1',
    port: Number(/^port: (\d+)$/m.exec(text)?.[1]),
    tls: text.includes('\ntls:'),
    apiKeys,
    secretKey: /secret-key: "(.*)"/.exec(text)?.[1] ?? '',
    forceModelPrefix: false,
    authDir: '',
    otherModelNames: new Set(),
  };
}

function writeInPlace(path: string, text: string): void {
  const file = openSync(path, 'r+');
  const bytes = Buffer.from(text);
  const length = Buffer.byteLength(readFileSync(path));
  const padding = Buffer.alloc(Math.max(0, length - bytes.length), '\n');
  writeSync(file, Buffer.concat([bytes, padding]), 0, null, 0);
  ftruncateSync(file, bytes.length);
  closeSync(file);
}

function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

describe.skipIf(program === '')('observeProxy on the real proxy', () => {
  it('sees by the management API that an added entry is loaded, with the key that the server has hashed', async () => {
    const scene = await startScene({ secretKey: 'ccs' }, GLM);
    expect(readFileSync(scene.path, 'utf8')).toContain('secret-key: "$2a$');
    scene.write('in-place', GLM, KIMI);
    const observation = await scene.observe();
    expect(observation).toMatchObject({ state: 'loaded', by: 'management-api', management: 'answered' });
    expect(observation).toMatchObject({ watching: true, pid: scene.proxy.pid });
    expect(observation).toHaveProperty('version', expect.stringMatching(/^7\./));
    expect(await scene.proxy.models(CLIENT_KEY)).toContain('kimi-/kimi');
    expect(scene.proxy.log()).not.toContain(' 401 ');
  });

  it('sees it by the model list where no key fits, and sends none', async () => {
    const scene = await startScene({ secretKey: 'of-somebody-else' }, GLM);
    scene.write('in-place', GLM, KIMI);
    const observation = await scene.observe();
    expect(observation).toMatchObject({
      state: 'loaded',
      by: 'model-list',
      management: 'no-key',
      version: null,
    });
    expect(scene.proxy.log()).not.toContain('/v0/management');
  });

  it('sees it by the model list where the management API is off, without a client key where none is asked for', async () => {
    const scene = await startScene({ apiKeys: [] }, GLM);
    scene.write('in-place', GLM, { key: 'sk-test-claude', prefix: 'claude-' });
    const observation = await scene.observe();
    expect(observation).toMatchObject({ state: 'loaded', by: 'model-list', management: 'off' });
    expect(await scene.proxy.models('')).toContain('claude-/claude-opus-4-6');
  });

  it('sees by the management API that a rotated key is loaded, and requests carry it', async () => {
    const upstream = await startUpstream();
    const glm = { ...GLM, baseUrl: upstream.url };
    const scene = await startScene({ secretKey: 'ccs' }, glm);
    expect(await scene.proxy.request('glm-/glm-5', CLIENT_KEY)).toMatchObject({ status: 200 });
    scene.write('in-place', { ...glm, key: 'sk-test-glm-2' });
    expect(await scene.observe()).toMatchObject({ state: 'loaded', by: 'management-api' });
    await scene.proxy.request('glm-/glm-5', CLIENT_KEY);
    expect(upstream.requests).toMatchObject([
      { authorization: 'Bearer sk-test-glm-1', model: 'glm-5', path: '/v1/messages?beta=true' },
      { authorization: 'Bearer sk-test-glm-2', model: 'glm-5' },
    ]);
  });

  it('claims nothing where only a key changed and no management key fits', async () => {
    const scene = await startScene({}, GLM);
    scene.write('in-place', { ...GLM, key: 'sk-test-glm-2' });
    const observation = await scene.observe();
    expect(observation).toMatchObject({
      state: 'unverified',
      why: 'only-credentials-changed',
      watching: true,
    });
  });

  it('sees that a removed entry is gone, by either way', async () => {
    for (const secretKey of ['ccs', '']) {
      const scene = await startScene({ secretKey }, GLM, KIMI);
      scene.write('in-place', GLM);
      const by = secretKey === '' ? 'model-list' : 'management-api';
      expect(await scene.observe()).toMatchObject({ state: 'loaded', by });
      expect(await scene.proxy.models(CLIENT_KEY)).not.toContain('kimi-/kimi');
      expect(await scene.proxy.request('kimi-/kimi', CLIENT_KEY)).toMatchObject({ status: 400 });
    }
  });

  it('sees that it is deaf after a rename, also to the write in place that follows', async () => {
    const scene = await startScene({ secretKey: 'ccs' }, GLM);
    scene.write('rename', GLM);
    scene.write('in-place', GLM, KIMI);
    expect(await scene.observe()).toMatchObject({
      state: 'not-loaded',
      why: 'deaf',
      missing: ['kimi-/kimi'],
      missingCount: 1,
      ghosts: [],
      watching: false,
      management: 'answered',
    });
  });

  it('sees that it is deaf without a management key, even where only a key changed', async () => {
    const scene = await startScene({}, GLM);
    scene.write('rename', GLM, KIMI);
    expect(await scene.observe()).toMatchObject({
      state: 'not-loaded',
      why: 'deaf',
      missing: ['kimi-/kimi'],
    });
    scene.write('in-place', { ...GLM, key: 'sk-test-glm-2' });
    expect(await scene.observe()).toMatchObject({
      state: 'not-loaded',
      why: 'deaf',
      missing: [],
      ghosts: [],
    });
  });

  it('says loaded, but not watching, where a deaf proxy holds the same as the file', async () => {
    const scene = await startScene({ secretKey: 'ccs' }, GLM);
    scene.write('rename', GLM);
    expect(await scene.observe({ mode: 'once' })).toMatchObject({ state: 'loaded', watching: false });
  });

  it('sees in one look that the file holds what the proxy does not', async () => {
    const scene = await startScene({ secretKey: 'ccs' }, GLM);
    const entries = sectionEntries(GLM, KIMI);
    const observation = await scene.observe({ mode: 'once', entries });
    expect(observation).toMatchObject({
      state: 'not-loaded',
      why: 'differs',
      missing: ['kimi-/kimi'],
      watching: true,
    });
  });

  it('reads the names as they stand where nobody remembers what was before', async () => {
    const scene = await startScene({}, GLM, KIMI);
    const expected = { owned: ['glm-', 'kimi-'], removedPrefixes: ['old-'], before: null };
    const observation = await scene.observe({ mode: 'once', expect: expected });
    expect(observation).toMatchObject({ state: 'loaded', by: 'model-list', watching: true });
  });

  it('finds that a stopped proxy is not running', async () => {
    const scene = await startScene({}, GLM);
    await scene.proxy.stop();
    expect(await scene.observe()).toEqual({ state: 'not-running' });
  });

  it('sends no key to a proxy that runs on another file', async () => {
    const scene = await startScene({ secretKey: 'ccs' }, GLM);
    const other = await writeProxyConfig(tempFolder(), { port: scene.proxy.port, secretKey: 'ccs' });
    const observation = await scene.observe({ realPath: other.path });
    expect(observation).toMatchObject({ state: 'unverified', why: 'other-config', pid: scene.proxy.pid });
    expect(scene.proxy.log()).not.toContain('/v0/management');
  });

  it('finds equal what the proxy reads otherwise than it stands in the file', async () => {
    const odd: ShortEntry = {
      ...KIMI,
      prefix: ' kimi-/ ',
      models: ['k2=kimi', '='],
      fields: { headers: '{ x: y }' },
    };
    const inner: ShortEntry = { ...GLM, prefix: 'a/b' };
    const scene = await startScene({ secretKey: 'ccs' }, GLM, odd, inner, inner);
    expect(await scene.observe({ mode: 'once' })).toMatchObject({ state: 'loaded', by: 'management-api' });
  });

  it('sees on a deaf proxy what was put into it without a restart', async () => {
    const scene = await startScene({ secretKey: 'ccs' }, GLM);
    scene.write('rename', GLM, KIMI);
    const origin = { host: '127.0.0.1', port: scene.proxy.port, tls: 'off' } as const;
    const kimi = {
      'api-key': KIMI.key,
      prefix: KIMI.prefix,
      'base-url': KIMI.baseUrl,
      models: [{ name: 'k2', alias: 'kimi' }],
    };
    const glm = {
      'api-key': GLM.key,
      prefix: GLM.prefix,
      'base-url': GLM.baseUrl,
      models: [{ name: 'glm-5' }],
    };
    const put = await httpCall({
      method: 'PUT',
      path: '/v0/management/claude-api-key',
      body: JSON.stringify([glm, kimi]),
      origin,
      headers: { authorization: 'Bearer ccs', 'content-type': 'application/json' },
      timeoutMs: 10_000,
    });
    expect(put).toMatchObject({ ok: true, value: { status: 200 } });
    expect(await scene.observe()).toMatchObject({ state: 'loaded', by: 'management-api', watching: false });
  });
});

const openssl = requires({
  name: 'openssl',
  met: spawnSync('openssl', ['version']).status === 0,
  how: 'Install the package openssl: it makes a certificate for the test.',
});

describe.skipIf(program === '' || !openssl)(
  'observeProxy on a proxy with TLS and a certificate of its own',
  () => {
    it('takes the certificate on loopback, but not where it must be verified', async () => {
      const folder = tempFolder();
      const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
      const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=test', '-days', '2'];
      execFileSync('openssl', [...args, '-out', cert, '-keyout', key], { stdio: 'ignore' });
      const extra = `tls:\n  enable: true\n  cert: ${JSON.stringify(cert)}\n  key: ${JSON.stringify(key)}\n`;
      const scene = await startScene({ secretKey: 'ccs', extra }, GLM);
      scene.write('in-place', GLM, KIMI);
      expect(await scene.observe()).toMatchObject({ state: 'loaded', by: 'management-api' });
      const origin = { host: '127.0.0.1', port: scene.proxy.port, tls: 'verified' } as const;
      const refused = { code: 'tls-failed', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' };
      const access = { origin, key: 'ccs', timeoutMs: 10_000 };
      expect(await getClaudeApiKeys(access)).toEqual({ ok: false, error: refused });
      expect(await getClaudeApiKeys({ ...access, origin: { ...origin, tls: 'unverified' } })).toMatchObject({
        ok: true,
      });
    });
  },
);
