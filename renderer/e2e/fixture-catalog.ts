import { mergeCatalog } from '../../electron/core/catalog/merge-catalog.ts';
import { staticFacts, staticProvider } from '../../electron/core/catalog/static-facts.ts';
import { GLANCE_NOW_MS } from '../../electron/testing/glance-states.ts';
import agy from '../../electron/testing/fixtures/model-definitions/antigravity.json' with { type: 'json' };
import claude from '../../electron/testing/fixtures/model-definitions/claude.json' with { type: 'json' };
import codex from '../../electron/testing/fixtures/model-definitions/codex.json' with { type: 'json' };
import gemini from '../../electron/testing/fixtures/model-definitions/gemini.json' with { type: 'json' };
import { sampleModel } from '../../shared/catalog/testing/sample-models.ts';
import type { Catalog, CatalogModel, CatalogState, ProviderCatalog } from '../../shared/schema/catalog.ts';

const HOUR_MS = 3_600_000;
const REMOTE = { agy, claude, codex, gemini };

const CACHED: CatalogState = {
  origin: { kind: 'cached', fetchedMs: GLANCE_NOW_MS - 3 * HOUR_MS, from: null },
  asks: null,
  refreshing: false,
  models: 0,
  fault: null,
  failed: [],
  cacheProblem: null,
};

/** What a real proxy defined over our own facts, with a broken and a deprecated model among them. */
export function fixtureCatalog(over: Partial<CatalogState> = {}): Catalog {
  const isStatic = over.origin?.kind === 'static';
  const facts = staticFacts();
  const providers = (['agy', 'gemini', 'codex', 'claude'] as const)
    .map((provider) => {
      const { models: remote } = REMOTE[provider];
      return mergeCatalog({
        provider,
        known: staticProvider(facts, provider),
        remote: isStatic ? [] : remote,
      });
    })
    .map(withTrouble);
  return catalogOf(providers, over);
}

/** So many models that a list must not draw them all. */
export function hugeCatalog(count: number): Catalog {
  const { providers } = fixtureCatalog();
  const all = providers.flatMap(({ models }) => models);
  const each = Math.ceil(count / providers.length);
  const grown = providers.map((provider, place) => ({
    ...provider,
    models: Array.from({ length: each }, (_, at): CatalogModel => {
      const like = all[(at * 7 + place) % all.length] ?? model('none');
      return { ...like, id: `${like.id}-${at}`, name: `${like.name} ${at}` };
    }),
  }));
  return catalogOf(grown, {});
}

function catalogOf(providers: readonly ProviderCatalog[], over: Partial<CatalogState>): Catalog {
  const { date, from } = staticFacts();
  const models = providers.reduce((sum, one) => sum + one.models.length, 0);
  return { state: { ...CACHED, models, ...over }, staticFacts: { date, from }, providers };
}

function withTrouble(catalog: ProviderCatalog): ProviderCatalog {
  return { ...catalog, models: catalog.models.map((one) => ({ ...one, ...TROUBLE[one.id] })) };
}

const TROUBLE: Readonly<Record<string, Partial<CatalogModel>>> = {
  'claude-sonnet-4-5-20250929': {
    deprecated: true,
    deprecationReason: 'Its successor answers better at the same price.',
  },
  'gpt-5.3-codex-spark': {
    broken: true,
    deprecationReason: 'It refuses tools.',
    issueUrl: 'https://github.example.test/ccs/issues/1234',
  },
};

function model(id: string): CatalogModel {
  return sampleModel(id, { name: id, source: 'static' });
}
