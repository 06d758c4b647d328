import type { Catalog, CatalogModel, CatalogProvider, FactSource } from '../schema/catalog.ts';

/** One model with its provider, as lists show it. */
export interface ListedModel {
  readonly provider: CatalogProvider;
  readonly providerName: string;
  readonly isDefault: boolean;
  readonly model: CatalogModel;
  /** What a search looks in, in lower case: made once, since each key typed searches thousands. */
  readonly searchText: string;
}

/** What a list is narrowed to; null and `''` narrow nothing. */
export interface ModelFilter {
  /** Words that must all be found in id, name or description. */
  readonly search: string;
  readonly provider: CatalogProvider | null;
  /** `''`: models without a tier. */
  readonly tier: string | null;
  readonly thinking: 'yes' | 'no' | null;
  /** At least so many tokens; models of which nobody says it are left out. */
  readonly contextLength: number | null;
  /** A modality of its input, as in `image`. */
  readonly input: string | null;
  /** A modality of its output. */
  readonly output: string | null;
  /** Only those that are deprecated or broken, or none of them. */
  readonly trouble: 'only' | 'none' | null;
  readonly source: FactSource | null;
}

export const NO_FILTER: ModelFilter = {
  search: '',
  provider: null,
  tier: null,
  thinking: null,
  contextLength: null,
  input: null,
  output: null,
  trouble: null,
  source: null,
};

/** All models of a catalog, in its order. */
export function listModels({ providers }: Pick<Catalog, 'providers'>): readonly ListedModel[] {
  return providers.flatMap(({ provider, displayName, defaultModel, models }) =>
    models.map((model) => ({
      provider,
      providerName: displayName,
      isDefault: model.id === defaultModel,
      model,
      searchText: `${model.id}\n${model.name}\n${model.description ?? ''}`.toLowerCase(),
    })),
  );
}

export function filterModels(models: readonly ListedModel[], filter: ModelFilter): readonly ListedModel[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter((one) => matches(one, filter) && words.every((word) => one.searchText.includes(word)));
}

function matches({ provider, model }: ListedModel, filter: ModelFilter): boolean {
  return (
    (filter.provider === null || filter.provider === provider) &&
    (filter.tier === null || filter.tier === (model.tier ?? '')) &&
    (filter.thinking === null || (filter.thinking === 'yes') === canThink(model)) &&
    (filter.contextLength === null || (model.contextLength ?? 0) >= filter.contextLength) &&
    (filter.input === null || model.inputModalities.includes(filter.input)) &&
    (filter.output === null || model.outputModalities.includes(filter.output)) &&
    (filter.trouble === null || (filter.trouble === 'only') === isTroubled(model)) &&
    (filter.source === null || filter.source === model.source)
  );
}

export function canThink({ thinking }: CatalogModel): boolean {
  return thinking !== null && (thinking.budget !== null || thinking.levels.length > 0);
}

export function isTroubled({ broken, deprecated }: CatalogModel): boolean {
  return broken || deprecated;
}

/** Models by id, in any case; several providers may have one. */
export function findModels(models: readonly ListedModel[], id: string): readonly ListedModel[] {
  const wanted = id.toLowerCase();
  return models.filter(({ model }) => model.id.toLowerCase() === wanted);
}
