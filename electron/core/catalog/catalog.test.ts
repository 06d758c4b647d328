import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Catalog, CatalogState } from '../../../shared/schema/catalog.ts';
import { emptyCcsHome } from '../../testing/ccs-home.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { freePort } from '../../testing/free-port.ts';
import { json, proxyIdentity, type Script, type ScriptedServer } from '../../testing/open-scripted-server.ts';
import { proxyHome } from '../../testing/proxy-home.ts';
import { startRealProxy } from '../../testing/real-proxy.ts';
import { needsCcs, needsProxy } from '../../testing/requirements.ts';
import { startScriptedServer } from '../../testing/scripted-server.ts';
import { stateFolderPath } from '../files/state-folder.ts';
import { type Clock, systemClock } from '../support/clock.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { type CatalogKeeper, createCatalogKeeper, LIFETIME_MS } from './catalog.ts';
import { cachePath } from './catalog-cache.ts';

const KEY = 'sk-test-management-canary';
const DEFINITIONS = '/v0/management/model-definitions/';
/** Where a fake clock starts. */
const NOW = fakeClock().now();

interface Place {
  readonly context: SyncContext;
  readonly cache: string;
  readonly states: CatalogState[];
  readonly keeper: CatalogKeeper;
}

function placeOf(home: { readonly home: string; readonly ccsDirectory: string }, clock: Clock): Place {
  const stateFolder = stateFolderPath({}, process.platform, home.home);
  if (!stateFolder.ok) throw new Error('no state folder');
  const context: SyncContext = {
    env: { CLIPROXY_MANAGEMENT_KEY: KEY },
    homedir: home.home,
    platform: process.platform,
    clock,
    ccsDirectory: home.ccsDirectory,
    stateFolder: stateFolder.value,
  };
  const states: CatalogState[] = [];
  const keeper = createCatalogKeeper(context, (state) => states.push(state));
  return { context, cache: cachePath(home.ccsDirectory), states, keeper };
}

/** A home whose configuration names a port and a secret. */
function homeOn(port: number, options: { readonly secret?: string; readonly clock?: Clock } = {}): Place {
  const home = emptyCcsHome();
  const secret = JSON.stringify(options.secret ?? KEY);
  home.write(
    'cliproxy/config.yaml',
    `host: 127.0.0.1\nport: ${port}\nremote-management:\n  secret-key: ${secret}\n`,
  );
  return placeOf(home, options.clock ?? fakeClock());
}

/** What every channel answers, with exceptions. */
function channels(special: Script = {}): Script {
  const all = ['antigravity', 'gemini', 'codex', 'claude', 'kimi', 'xai'];
  return {
    ...proxyIdentity(),
    ...Object.fromEntries(
      all.map((name) => [DEFINITIONS + name, json({ channel: name, models: [{ id: `${name}-live` }] })]),
    ),
    ...Object.fromEntries(Object.entries(special).map(([name, answer]) => [DEFINITIONS + name, answer])),
  };
}

function keysSent({ requests }: ScriptedServer): number {
  return requests.filter(({ authorization }) => authorization?.includes(KEY)).length;
}

function ids({ providers }: Catalog): readonly string[] {
  return providers.flatMap(({ models }) => models.map(({ id }) => id));
}

describe('the catalog', () => {
  it('is static, and says so, as long as nothing was fetched', async () => {
    const { keeper } = homeOn(await freePort());
    const catalog = await keeper.read();
    expect(catalog.state).toMatchObject({ origin: { kind: 'static' }, fault: null, refreshing: false });
    expect(catalog.state.models).toBe(ids(catalog).length);
    expect(catalog.providers.map(({ provider }) => provider)).toEqual(['agy', 'gemini', 'codex', 'claude']);
  });

  it('asks every channel, and is live from then on; for the next process it is cached', async () => {
    const server = await startScriptedServer(channels());
    const clock = fakeClock();
    const place = homeOn(server.port, { clock });
    const catalog = await place.keeper.refresh('person');
    expect(catalog.state).toMatchObject({ origin: { kind: 'live', fetchedMs: NOW, from: null }, failed: [] });
    expect(ids(catalog)).toEqual(expect.arrayContaining(['antigravity-live', 'xai-live']));
    expect(place.states.map(({ refreshing }) => refreshing)).toEqual([true, false]);
    const next = createCatalogKeeper(place.context);
    expect((await next.read()).state.origin).toEqual({ kind: 'cached', fetchedMs: NOW, from: null });
    expect(ids(await next.read())).toEqual(ids(catalog));
  });

  it('sends the key once to each channel, also where two ask for a refresh at once', async () => {
    const server = await startScriptedServer(channels());
    const { keeper } = homeOn(server.port);
    const [one, other] = await Promise.all([keeper.refresh('person'), keeper.refresh('person')]);
    expect(one).toBe(other);
    expect(keysSent(server)).toBe(6);
  });

  it.each([
    { status: 401, fault: 'refused' },
    { status: 403, fault: 'forbidden' },
    { status: 404, fault: 'api-off' },
  ])('sends the key no second time after $status', async ({ status, fault }) => {
    const server = await startScriptedServer(channels({ antigravity: json({ error: 'no' }, status) }));
    const { keeper } = homeOn(server.port);
    expect((await keeper.refresh('person')).state).toMatchObject({ origin: { kind: 'static' }, fault });
    expect(keysSent(server)).toBe(1);
  });

  it('does not send a key that was refused again, in another process neither, before the secret changes', async () => {
    const server = await startScriptedServer(channels({ antigravity: json({}, 401) }));
    const place = homeOn(server.port);
    await place.keeper.refresh('person');
    await place.keeper.refresh('person');
    expect((await createCatalogKeeper(place.context).refresh('person')).state.fault).toBe('refused');
    expect(keysSent(server)).toBe(1);
  });

  it('sends no key that does not fit the configuration', async () => {
    const server = await startScriptedServer(channels());
    const { keeper } = homeOn(server.port, { secret: 'another' });
    expect((await keeper.refresh('person')).state.fault).toBe('no-key');
    expect(keysSent(server)).toBe(0);
  });

  it('sends no key to what is not CLIProxyAPI', async () => {
    const server = await startScriptedServer({ '*': json({}) });
    const { keeper } = homeOn(server.port);
    expect((await keeper.refresh('person')).state.fault).toBe('other-program');
    expect(keysSent(server)).toBe(0);
  });

  it('says that the API is off where the configuration names no secret', async () => {
    const server = await startScriptedServer(channels());
    expect((await homeOn(server.port, { secret: '' }).keeper.refresh('person')).state.fault).toBe('api-off');
  });

  it('says that the proxy does not run, and that there is no configuration', async () => {
    expect((await homeOn(await freePort()).keeper.refresh('person')).state.fault).toBe('not-running');
    const bare = placeOf(emptyCcsHome(), fakeClock());
    expect((await bare.keeper.refresh('person')).state.fault).toBe('no-config');
  });

  it.each([
    { what: 'no JSON', answer: (_, response) => void response.end('<html>') },
    { what: 'half an answer', answer: (_, response) => void response.end('{"models": [{"id"') },
    { what: 'no list', answer: json({ models: 7 }) },
    { what: 'only models without an id', answer: json({ models: [{}, null] }) },
    { what: 'an error', answer: json({}, 500) },
    {
      what: 'a cut connection',
      answer: (_, response) => void response.destroy(),
    },
  ])('keeps what the other channels brought where one answers $what', async ({ answer }) => {
    const server = await startScriptedServer(channels({ codex: answer }));
    const { keeper } = homeOn(server.port);
    const { state, providers } = await keeper.refresh('person');
    expect(state).toMatchObject({ origin: { kind: 'live' }, fault: null, failed: [{ provider: 'codex' }] });
    const codex = providers.find(({ provider }) => provider === 'codex');
    expect(codex?.models.every(({ source }) => source === 'static')).toBe(true);
  });

  it('keeps what a channel brought before where it now fails', async () => {
    let fails = false;
    const server = await startScriptedServer(
      channels({
        codex: (_request, response) => void response.end(fails ? '' : '{"models": [{"id": "codex-before"}]}'),
      }),
    );
    const place = homeOn(server.port);
    await place.keeper.refresh('person');
    fails = true;
    expect(ids(await place.keeper.refresh('person'))).toContain('codex-before');
    expect(ids(await createCatalogKeeper(place.context).read())).toContain('codex-before');
  });

  it('does not mind that a server knows no kimi and no xai', async () => {
    const server = await startScriptedServer(channels({ kimi: json({}, 400), xai: json({}, 400) }));
    expect((await homeOn(server.port).keeper.refresh('person')).state).toMatchObject({
      fault: null,
      failed: [],
    });
  });

  it('goes stale after a day and serves on, also when a refresh fails', async () => {
    const server = await startScriptedServer(channels());
    const clock = fakeClock();
    const { keeper } = homeOn(server.port, { clock });
    const before = ids(await keeper.refresh('person'));
    await clock.advance(LIFETIME_MS);
    expect((await keeper.read()).state.origin).toEqual({ kind: 'stale', fetchedMs: NOW, from: null });
    server.close();
    const after = await keeper.refresh('person');
    expect(after.state).toMatchObject({ origin: { kind: 'stale' }, fault: 'not-running' });
    expect(ids(after)).toEqual(before);
  });

  it('does not believe a cache from a time to come', async () => {
    const place = homeOn(await freePort());
    writeFileSync(
      place.cache,
      JSON.stringify({ providers: { xai: [{ id: 'x' }] }, fetchedAt: NOW + 120_000 }),
    );
    const catalog = await place.keeper.read();
    expect(catalog.state.origin.kind).toBe('stale');
    expect(ids(catalog)).toContain('x');
  });

  it('sets a broken cache aside and says so until a refresh has written a new one', async () => {
    const server = await startScriptedServer(channels());
    const place = homeOn(server.port);
    writeFileSync(place.cache, '{');
    expect((await place.keeper.read()).state.cacheProblem).toMatchObject({ code: 'broken' });
    expect((await place.keeper.read()).state.cacheProblem).toMatchObject({ code: 'broken' });
    expect((await place.keeper.refresh('person')).state.cacheProblem).toBeNull();
  });

  it('serves what it fetched although the cache can not be written', async () => {
    const server = await startScriptedServer(channels());
    const place = homeOn(server.port);
    // Not by permission bits, which don't bind root.
    mkdirSync(join(place.cache, 'in the way'), { recursive: true });
    const { state } = await place.keeper.refresh('person');
    expect(state).toMatchObject({ origin: { kind: 'live' }, cacheProblem: { code: 'unreadable' } });
    expect(ids(await place.keeper.read())).toContain('codex-live');
  });

  it('forgets everything on a reset', async () => {
    const server = await startScriptedServer(channels());
    const { keeper } = homeOn(server.port);
    await keeper.refresh('person');
    expect((await keeper.reset()).state.origin).toEqual({ kind: 'static' });
    expect((await keeper.read()).state.origin).toEqual({ kind: 'static' });
  });

  it('takes 20,000 models', async () => {
    const many = Array.from({ length: 20_000 }, (_, at) => ({
      id: `model-${at}`,
      display_name: `Model ${at}`,
    }));
    const server = await startScriptedServer(channels({ gemini: json({ models: many }) }));
    expect((await homeOn(server.port).keeper.refresh('person')).state.models).toBeGreaterThan(20_000);
  });

  it('holds no key', async () => {
    const server = await startScriptedServer(channels());
    const place = homeOn(server.port);
    const text = JSON.stringify([await place.keeper.refresh('person'), place.states]);
    expect(text + readFileSync(place.cache, 'utf8')).not.toContain(KEY);
  });
});

const program = needsProxy();
const ccs = needsCcs();

describe.skipIf(program === undefined || ccs === undefined)(
  'with the real CLIProxyAPI and the real CCS',
  () => {
    it('fetches every channel, and CCS then shows the cache as synced', async () => {
      const home = await proxyHome();
      await startRealProxy(program ?? '', home.configPath);
      const place = placeOf(home, systemClock());
      const { state, providers } = await place.keeper.refresh('person');
      expect(state).toMatchObject({ origin: { kind: 'live' }, fault: null, failed: [] });
      expect(providers.map(({ provider }) => provider)).toEqual(
        expect.arrayContaining(['agy', 'gemini', 'codex', 'claude']),
      );
      expect(providers.every(({ models }) => models.some(({ source }) => source !== 'static'))).toBe(true);
      const { stdout } = await promisify(execFile)(process.execPath, [ccs ?? '', 'cliproxy', 'catalog'], {
        env: { HOME: home.home, PATH: process.env['PATH'] ?? '', BROWSER: 'true', NO_COLOR: '1' },
      });
      expect(stdout).toContain('synced');
    });
  },
);
