import type { ListedModel } from '../../shared/catalog/filter-models.ts';
import type { CatalogProvider } from '../../shared/schema/catalog.ts';

/** A place in the catalog: two providers may have a model of one id. */
export interface ModelKey {
  readonly provider: CatalogProvider;
  readonly id: string;
}

export function isAt({ provider, model }: ListedModel, key: ModelKey | null): boolean {
  return key !== null && provider === key.provider && model.id.toLowerCase() === key.id.toLowerCase();
}

export function keyOf({ provider, model }: ListedModel): ModelKey {
  return { provider, id: model.id };
}
