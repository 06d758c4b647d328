import type { Catalog, CatalogModel, CatalogState, ProviderCatalog } from '../../schema/catalog.ts';

/** A model of which nothing is known but its id. */
export function sampleModel(id: string, over: Partial<CatalogModel> = {}): CatalogModel {
  return {
    id,
    name: id.toUpperCase(),
    version: null,
    description: null,
    contextLength: null,
    outputLimit: null,
    inputModalities: [],
    outputModalities: [],
    thinking: null,
    tier: null,
    broken: false,
    deprecated: false,
    deprecationReason: null,
    issueUrl: null,
    extendedContext: null,
    source: 'remote',
    ...over,
  };
}

/** A catalog that was fetched a moment ago. */
export function sampleCatalog(
  providers: readonly ProviderCatalog[],
  over: Partial<CatalogState> = {},
): Catalog {
  return {
    state: {
      origin: { kind: 'live', fetchedMs: 0, from: null },
      asks: null,
      refreshing: false,
      models: providers.reduce((sum, { models }) => sum + models.length, 0),
      fault: null,
      failed: [],
      cacheProblem: null,
      ...over,
    },
    staticFacts: { date: '2026-01-01', from: 'a test' },
    providers,
  };
}
