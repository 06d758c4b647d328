import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { catalogOfHome } from '../../testing/catalog-home.ts';
import { expectedModels, type RawModel } from '../../testing/expected-models.ts';
import { proxyHome } from '../../testing/proxy-home.ts';
import { startRealProxy } from '../../testing/real-proxy.ts';
import { needsCcs, needsProxy } from '../../testing/requirements.ts';
import { systemClock } from '../support/clock.ts';

/** The `secret-key` of the fixture's configuration, in plain text. */
const SECRET = 'ccs';
const CHANNELS = {
  agy: 'antigravity',
  gemini: 'gemini',
  codex: 'codex',
  claude: 'claude',
  kimi: 'kimi',
  xai: 'xai',
} as const;

const FACTS = JSON.parse(readFileSync(join(import.meta.dirname, 'static-catalog.json'), 'utf8')) as {
  readonly providers: Partial<Record<string, { readonly models: readonly RawModel[] }>>;
};

/** What a proxy tells of a channel, asked by nothing of ours. */
async function definitionsOf(port: number, channel: string): Promise<readonly RawModel[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/v0/management/model-definitions/${channel}`, {
    headers: { authorization: `Bearer ${SECRET}` },
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { readonly models: readonly RawModel[] }).models;
}

const program = needsProxy();
const ccs = needsCcs();

/** Runs `ccs cliproxy catalog`. */
async function ccsCatalog(home: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [ccs ?? '', 'cliproxy', 'catalog', ...words],
    { env: { HOME: home, PATH: process.env['PATH'] ?? '', BROWSER: 'true', NO_COLOR: '1' } },
  );
  return stdout;
}

describe.skipIf(program === undefined || ccs === undefined)(
  'the catalog beside the real CLIProxyAPI and the real CCS',
  () => {
    it('is what the rules of the merge make of the same data, field by field', async () => {
      const home = await proxyHome();
      await startRealProxy(program ?? '', home.configPath);
      const { keeper } = catalogOfHome(home, systemClock());
      const { state, providers } = await keeper.refresh('person');
      expect(state).toMatchObject({ origin: { kind: 'live' }, fault: null, failed: [] });
      expect(providers.map(({ provider }) => provider)).toEqual(Object.keys(CHANNELS));
      for (const { provider, models } of providers) {
        const defined = await definitionsOf(home.port, CHANNELS[provider]);
        expect(defined.length).toBeGreaterThan(0);
        expect(models).toEqual(expectedModels(defined, FACTS.providers[provider]?.models ?? []));
      }
    });

    it('shows in CCS as synced once we fetched it, and here as cached once CCS did', async () => {
      const home = await proxyHome();
      await startRealProxy(program ?? '', home.configPath);
      const { keeper, nextKeeper } = catalogOfHome(home, systemClock());
      await keeper.refresh('person');
      expect(await ccsCatalog(home.home)).toContain('synced');
      expect((await keeper.reset()).state.origin).toEqual({ kind: 'static' });
      // CCS gives up on a proxy that takes long on a busy machine, and ends well all the same.
      const fetchByCcs = async (): Promise<string> => {
        await ccsCatalog(home.home, 'refresh');
        return (await keeper.read()).state.origin.kind;
      };
      await expect.poll(fetchByCcs).toBe('cached');
      for (const catalog of [await keeper.read(), await nextKeeper().read()]) {
        expect(catalog.state).toMatchObject({
          origin: { kind: 'cached', from: null },
          fault: null,
          cacheProblem: null,
        });
      }
      const { providers } = await keeper.read();
      expect(providers.some(({ models }) => models.some(({ source }) => source === 'both'))).toBe(true);
    });
  },
);
