import type { ListedModel } from '../../shared/catalog/filter-models.ts';
import type { CatalogModel, CatalogProvider } from '../../shared/schema/catalog.ts';

/** At most this many are offered: who wants another one types on. */
const SHOWN_AT_MOST = 50;

/** One model to choose, told once, with all providers that have it. */
export interface Suggestion {
  readonly model: CatalogModel;
  readonly providers: readonly string[];
}

export interface Suggestions {
  readonly shown: readonly Suggestion[];
  readonly isCut: boolean;
}

export interface SuggestAsk {
  /** Words that all must be found in id or name; `''` for all models. */
  readonly typed: string;
  /** What the field holds: a model of just this id comes first. */
  readonly present: string;
  /** The profile's own provider, whose models come next. */
  readonly own: CatalogProvider | null;
}

/** The models to choose from; of those that rank alike, those whose id begins as was typed come first. */
export function suggestModels(
  models: readonly ListedModel[],
  { typed, present, own }: SuggestAsk,
): Suggestions {
  const query = typed.trim().toLowerCase();
  const exact = present.trim().toLowerCase();
  const words = query.split(/\s+/).filter(Boolean);
  const found = new Map<string, { model: CatalogModel; providers: string[]; rank: number }>();
  for (const { provider, providerName, model } of models) {
    const id = model.id.toLowerCase();
    const text = `${id}\n${model.name.toLowerCase()}`;
    if (!words.every((word) => text.includes(word))) continue;
    const rank = rankOf({ isExact: id === exact, isOwn: provider === own, begins: id.startsWith(query) });
    const before = found.get(id);
    if (before === undefined) found.set(id, { model, providers: [providerName], rank });
    else {
      if (rank < before.rank) found.set(id, { model, providers: before.providers, rank });
      before.providers.push(providerName);
    }
  }
  // Sorting is stable: within a rank the catalog's order stays.
  const sorted = [...found.values()].sort((left, right) => left.rank - right.rank);
  return {
    shown: sorted.slice(0, SHOWN_AT_MOST).map(({ model, providers }) => ({ model, providers })),
    isCut: sorted.length > SHOWN_AT_MOST,
  };
}

function rankOf(about: { isExact: boolean; isOwn: boolean; begins: boolean }): number {
  if (about.isExact) return 0;
  return (about.isOwn ? 1 : 3) + (about.begins ? 0 : 1);
}
