import { type ListedModel, type ModelFilter, NO_FILTER } from '../../shared/catalog/filter-models.ts';
import type { CatalogProvider, ProviderCatalog } from '../../shared/schema/catalog.ts';

/** Context lengths that people ask for, in tokens. */
export const CONTEXT_STEPS: readonly number[] = [128_000, 200_000, 400_000, 1_000_000];

/** What the filters can be set to, by what there is. */
export interface FilterChoices {
  /** `''` stands for models without a tier. */
  readonly tiers: readonly string[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export function filterChoices(models: readonly ListedModel[]): FilterChoices {
  const tiers = new Set(models.map(({ model }) => model.tier ?? ''));
  const inputs = new Set(models.flatMap(({ model }) => model.inputModalities));
  const outputs = new Set(models.flatMap(({ model }) => model.outputModalities));
  return { tiers: [...tiers].sort(), inputs: [...inputs].sort(), outputs: [...outputs].sort() };
}

/** How many filters are set, besides the search and the provider, which are always in view. */
export function countFilters(filter: ModelFilter): number {
  const { tier, thinking, contextLength, input, output, trouble, source } = filter;
  return [tier, thinking, contextLength, input, output, trouble, source].filter((value) => value !== null)
    .length;
}

/** Whether anything narrows the list. */
export function isNarrowed(filter: ModelFilter): boolean {
  return countFilters(filter) > 0 || filter.provider !== NO_FILTER.provider || filter.search.trim() !== '';
}

/** One provider to choose, with how many of its models the rest of the filter leaves. */
export interface ProviderChoice {
  readonly provider: CatalogProvider;
  readonly name: string;
  readonly count: number;
}

export function providerChoices(
  providers: readonly ProviderCatalog[],
  matching: readonly ListedModel[],
): readonly ProviderChoice[] {
  const counts = new Map<CatalogProvider, number>();
  for (const { provider } of matching) counts.set(provider, (counts.get(provider) ?? 0) + 1);
  return providers.map(({ provider, displayName }) => ({
    provider,
    name: displayName,
    count: counts.get(provider) ?? 0,
  }));
}
