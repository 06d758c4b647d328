import type { ListedModel } from '../../shared/catalog/filter-models.ts';

export type SortKey = 'name' | 'context' | 'output';

/** How a list is sorted; null is the catalog's own order: by provider, as the proxy lists them. */
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The models in this order. Those of which nobody says the number come last, whichever way. */
export function sortModels(
  models: readonly ListedModel[],
  sort: Sort | null,
  locale: string,
): readonly ListedModel[] {
  if (sort === null) return models;
  const sign = sort.descending ? -1 : 1;
  if (sort.key === 'name') {
    const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
    return [...models].sort((left, right) => sign * compare(left.model.name, right.model.name));
  }
  const numberOf = sort.key === 'context' ? contextOf : outputOf;
  return [...models].sort((left, right) => {
    const [one, other] = [numberOf(left), numberOf(right)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * (one - other);
  });
}

/**
 * What a press on a column's head leads to: first what is looked for most (names from A, numbers from the largest),
 * then the other way, then back to the catalog's own order.
 */
export function nextSort(current: Sort | null, key: SortKey): Sort | null {
  const first: Sort = { key, descending: key !== 'name' };
  if (current?.key !== key) return first;
  return current.descending === first.descending ? { key, descending: !first.descending } : null;
}

function contextOf({ model }: ListedModel): number | null {
  return model.contextLength;
}

function outputOf({ model }: ListedModel): number | null {
  return model.outputLimit;
}
