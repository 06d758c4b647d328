import type { SectionEntry } from '../yaml/section.ts';
import { modelNames } from './match-owned.ts';
import type { WantedEntry } from './wanted-entry.ts';

/**
 * Whether an entry that is not ours is one that CCS itself would have written for this profile, so that taking
 * it over loses nobody's work: key, base URL and models are equal in order, there is no field beyond CCS's
 * own, and the prefix is absent or the profile's (docs/decisions/0002).
 */
export function isAdoptable(entry: SectionEntry, wanted: WantedEntry): boolean {
  return (
    !entry.malformed &&
    !entry.indirect &&
    entry.apiKey === wanted.apiKey &&
    entry.baseUrl === wanted.baseUrl &&
    (entry.prefix === '' || entry.prefix === wanted.prefix) &&
    entry.proxyUrl === '' &&
    // CCS's dashboard adds `id` when its AI Providers page is opened.
    entry.otherFields.every((field) => field === 'id') &&
    entry.models.every((model) => model.alias === '' && !model.extra) &&
    sameInOrder(modelNames(entry), wanted.models)
  );
}

function sameInOrder(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
