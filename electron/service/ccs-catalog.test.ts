import { describe, expect, it } from 'vitest';
import { mergeCatalog } from '../core/catalog/merge-catalog.ts';
import { readRemoteModels } from '../core/catalog/remote-model.ts';
import { staticFacts, staticProvider } from '../core/catalog/static-facts.ts';
import type { CatalogOrigin } from '../../shared/schema/catalog.ts';
import { ccsCatalog } from './ccs-catalog.ts';

const facts = staticFacts();
const known = staticProvider(facts, 'codex');

function shapeOf(origin: CatalogOrigin, remote: readonly unknown[] = []): unknown {
  return ccsCatalog(
    {
      state: {
        origin,
        asks: null,
        refreshing: false,
        models: 0,
        fault: null,
        failed: [],
        cacheProblem: null,
      },
      staticFacts: { date: facts.date, from: facts.from },
      providers: [mergeCatalog({ provider: 'codex', known, remote: readRemoteModels(remote) })],
    },
    5000,
  );
}

describe("the catalog in CCS's shape", () => {
  it('gives our facts back as they are written there', () => {
    expect(shapeOf({ kind: 'static' })).toEqual({
      catalogs: { codex: { provider: 'codex', ...known } },
      routing: {},
      source: 'static',
      cache: { synced: false, age: null },
    });
  });

  it('tells what the proxy added, and how old it is', () => {
    const remote = [
      {
        id: 'new',
        description: 'd',
        context_length: 2_000_000,
        supportedInputModalities: ['image'],
        thinking: { min: 1 },
      },
      { id: 'calm', thinking: {} },
    ];
    expect(shapeOf({ kind: 'stale', fetchedMs: 4000, from: null }, remote)).toMatchObject({
      source: 'cache',
      cache: { synced: true, age: 1000 },
      catalogs: {
        codex: {
          models: expect.arrayContaining([
            {
              id: 'new',
              name: 'new',
              description: 'd',
              extendedContext: true,
              nativeImageInput: true,
              thinking: { type: 'budget', min: 1 },
            },
            { id: 'calm', name: 'calm', thinking: { type: 'none' } },
          ]) as unknown,
        },
      },
    });
  });
});
