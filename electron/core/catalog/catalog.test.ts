import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOG_KEY, catalogHome, catalogOfHome, channels, modelIds } from '../../testing/catalog-home.ts';
import { emptyCcsHome } from '../../testing/ccs-home.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { freePort } from '../../testing/free-port.ts';
import { json } from '../../testing/open-scripted-server.ts';
import { startScriptedServer } from '../../testing/scripted-server.ts';
import { LIFETIME_MS } from './catalog.ts';

/** Where a fake clock starts. */
const NOW = fakeClock().now();

describe('the catalog', () => {
  it('is static, and says so, as long as nothing was fetched', async () => {
    const { keeper } = catalogHome(await freePort());
    const catalog = await keeper.read();
    expect(catalog.state).toMatchObject({ origin: { kind: 'static' }, fault: null, refreshing: false });
    expect(catalog.state.models).toBe(modelIds(catalog).length);
    expect(catalog.providers.map(({ provider }) => provider)).toEqual(['agy', 'gemini', 'codex', 'claude']);
  });

  it('asks every channel, and is live from then on; for the next process it is cached', async () => {
    const server = await startScriptedServer(channels());
    const clock = fakeClock();
    const place = catalogHome(server.port, { clock });
    const catalog = await place.keeper.refresh('person');
    expect(catalog.state).toMatchObject({ origin: { kind: 'live', fetchedMs: NOW, from: null }, failed: [] });
    expect(modelIds(catalog)).toEqual(expect.arrayContaining(['antigravity-live', 'xai-live']));
    expect(place.states.map(({ refreshing }) => refreshing)).toEqual([true, false]);
    const next = place.nextKeeper();
    expect((await next.read()).state.origin).toEqual({ kind: 'cached', fetchedMs: NOW, from: null });
    expect(modelIds(await next.read())).toEqual(modelIds(catalog));
  });

  it('says that the API is off where the configuration names no secret', async () => {
    const server = await startScriptedServer(channels());
    expect((await catalogHome(server.port, { secret: '' }).keeper.refresh('person')).state.fault).toBe(
      'api-off',
    );
  });

  it('says that the proxy does not run, and that there is no configuration', async () => {
    expect((await catalogHome(await freePort()).keeper.refresh('person')).state.fault).toBe('not-running');
    const bare = catalogOfHome(emptyCcsHome(), fakeClock());
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
    const { keeper } = catalogHome(server.port);
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
    const place = catalogHome(server.port);
    await place.keeper.refresh('person');
    fails = true;
    expect(modelIds(await place.keeper.refresh('person'))).toContain('codex-before');
    expect(modelIds(await place.nextKeeper().read())).toContain('codex-before');
  });

  it('does not mind that a server knows no kimi and no xai', async () => {
    const server = await startScriptedServer(channels({ kimi: json({}, 400), xai: json({}, 400) }));
    expect((await catalogHome(server.port).keeper.refresh('person')).state).toMatchObject({
      fault: null,
      failed: [],
    });
  });

  it('goes stale after a day and serves on, also when a refresh fails', async () => {
    const server = await startScriptedServer(channels());
    const clock = fakeClock();
    const { keeper } = catalogHome(server.port, { clock });
    const before = modelIds(await keeper.refresh('person'));
    await clock.advance(LIFETIME_MS);
    expect((await keeper.read()).state.origin).toEqual({ kind: 'stale', fetchedMs: NOW, from: null });
    server.close();
    const after = await keeper.refresh('person');
    expect(after.state).toMatchObject({ origin: { kind: 'stale' }, fault: 'not-running' });
    expect(modelIds(after)).toEqual(before);
  });

  it('does not believe a cache from a time to come', async () => {
    const place = catalogHome(await freePort());
    writeFileSync(
      place.cache,
      JSON.stringify({ providers: { xai: [{ id: 'x' }] }, fetchedAt: NOW + 120_000 }),
    );
    const catalog = await place.keeper.read();
    expect(catalog.state.origin.kind).toBe('stale');
    expect(modelIds(catalog)).toContain('x');
  });

  it('sets a broken cache aside and says so until a refresh has written a new one', async () => {
    const server = await startScriptedServer(channels());
    const place = catalogHome(server.port);
    writeFileSync(place.cache, '{');
    expect((await place.keeper.read()).state.cacheProblem).toMatchObject({ code: 'broken' });
    expect((await place.keeper.read()).state.cacheProblem).toMatchObject({ code: 'broken' });
    expect((await place.keeper.refresh('person')).state.cacheProblem).toBeNull();
  });

  it('serves what it fetched although the cache can not be written, and says so until it is', async () => {
    const server = await startScriptedServer(channels());
    const place = catalogHome(server.port);
    // Not by permission bits, which don't bind root: a folder can be neither read nor replaced.
    mkdirSync(join(place.cache, 'in the way'), { recursive: true });
    const { state } = await place.keeper.refresh('person');
    expect(state).toMatchObject({ origin: { kind: 'live' }, cacheProblem: { code: 'unreadable' } });
    expect(modelIds(await place.keeper.read())).toContain('codex-live');
    rmSync(place.cache, { recursive: true });
    const read = await place.keeper.read();
    expect(modelIds(read)).toContain('codex-live');
    expect(read.state).toMatchObject({
      origin: { kind: 'live' },
      cacheProblem: { code: 'unwritable', path: place.cache, reason: 'EISDIR' },
    });
    expect((await place.keeper.refresh('person')).state.cacheProblem).toBeNull();
    expect((await place.nextKeeper().read()).state).toMatchObject({ origin: { kind: 'cached' } });
  });

  it('forgets everything on a reset', async () => {
    const server = await startScriptedServer(channels());
    const { keeper } = catalogHome(server.port);
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
    expect((await catalogHome(server.port).keeper.refresh('person')).state.models).toBeGreaterThan(20_000);
  });

  it('holds no key', async () => {
    const server = await startScriptedServer(channels());
    const place = catalogHome(server.port);
    const text = JSON.stringify([await place.keeper.refresh('person'), place.states]);
    expect(text + readFileSync(place.cache, 'utf8')).not.toContain(CATALOG_KEY);
  });
});
