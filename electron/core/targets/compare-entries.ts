import type { SectionEntry } from '../yaml/section.ts';
import type { ServedEntry } from './management-client.ts';
import { effectivePrefix, idsOf } from './served-names.ts';

export interface EntryDifference {
  readonly equal: boolean;
  /** Ids of entries that only the file holds (`glm-/` where it names no model). */
  readonly missing: readonly string[];
  /** Ids that only the proxy's list holds: not those of an entry that differs in its key or base URL. */
  readonly ghosts: readonly string[];
}

/**
 * Compares the file's entries with the running proxy's, by key, prefix, base URL and models. Seen on 7.2.99: it
 * keeps the file's order and doubles, and values as they stand save for the prefix; its own PUT trims them and
 * drops models without name, and `null` and `[]` are one. Order makes no difference to what is served, so none
 * here. What an entry that is no proper one (`malformed`) becomes can't be foretold: one extra entry each is let pass.
 */
export function compareEntries(
  file: readonly SectionEntry[],
  served: readonly ServedEntry[],
): EntryDifference {
  const proper = file.filter((entry) => !entry.malformed);
  const onlyInFile = without(proper, served);
  const onlyServed = without(served, proper);
  const missing = unique(onlyInFile.flatMap(labelsOf));
  const ghosts = unique(onlyServed.flatMap(labelsOf)).filter((label) => !missing.includes(label));
  return {
    equal: onlyInFile.length === 0 && onlyServed.length <= file.length - proper.length,
    missing,
    ghosts,
  };
}

/**
 * Whether requests can be routed to all entries that have a key. Where no entry says that it is routed, the
 * server is one that never says so.
 */
export function allRouted(served: readonly Pick<ServedEntry, 'apiKey' | 'routed'>[]): boolean {
  return (
    served.every((entry) => entry.routed || entry.apiKey === '') || !served.some((entry) => entry.routed)
  );
}

type Comparable = Pick<ServedEntry, 'apiKey' | 'prefix' | 'baseUrl'> & {
  readonly models: readonly { readonly name: string; readonly alias: string }[];
};

/** The entries of `list` that `other` lacks, each of `other` standing for one only. */
function without<T extends Comparable>(list: readonly T[], other: readonly Comparable[]): readonly T[] {
  const left = new Map<string, number>();
  for (const entry of other) {
    const key = canonical(entry);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return list.filter((entry) => {
    const key = canonical(entry);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

/** Holds a key: for comparing here, never to be shown. */
function canonical(entry: Comparable): string {
  const models = entry.models
    .map((model) => [model.name.trim(), model.alias.trim()])
    .filter(([name, alias]) => name !== '' || alias !== '');
  return JSON.stringify([entry.apiKey.trim(), effectivePrefix(entry.prefix), entry.baseUrl.trim(), models]);
}

function labelsOf(entry: Comparable): readonly string[] {
  const prefix = effectivePrefix(entry.prefix);
  if (prefix === '') return entry.models.map((model) => model.alias.trim() || model.name.trim());
  const ids = idsOf({ prefix, models: entry.models.map((model) => ({ ...model, extra: false })) });
  return ids.length === 0 ? [`${prefix}/`] : ids;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}
