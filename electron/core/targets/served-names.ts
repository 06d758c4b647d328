import type { SectionEntry } from '../yaml/section.ts';

/** What a correct proxy lists under its prefixes, and how much that shows. Ids are `<prefix>/<name>`. */
export interface NameExpectation {
  readonly mustAppear: readonly string[];
  /** Prefixes of entries without models: the proxy registers its built-in Claude names under them. */
  readonly mustHaveAny: readonly string[];
  readonly mustGo: readonly string[];
  /** Prefixes under which nothing may be left. */
  readonly mustGoWholly: readonly string[];
  /** Names of other credentials that may look like one under a removed prefix (`openrouter/auto`). */
  readonly innocent: ReadonlySet<string>;
  /**
   * What it shows when all of this holds. `appearance`: a name that was not there before: the file was loaded.
   * `removal`: a name that was there before went; a proxy that never had it looks the same. `credentials`: only
   * keys and URLs differ from before: nothing. `names`: that the names are as they must be. `nothing`: what
   * changed is seen in no name, or no name of ours is expected to be there or to go.
   */
  readonly shows: 'appearance' | 'removal' | 'credentials' | 'names' | 'nothing';
}

export interface NameQuestion {
  /** What the file holds. */
  readonly entries: readonly SectionEntry[];
  /** What it held when it was last seen loaded, or null where that is not known. */
  readonly before: readonly SectionEntry[] | null;
  /** Prefixes of our entries that are in the file. */
  readonly owned: readonly string[];
  readonly removedPrefixes: readonly string[];
  readonly otherModelNames: ReadonlySet<string>;
}

/**
 * The prefix that the proxy makes of what the file says: without spaces and slashes at its ends, and none at all
 * where a slash is left inside [seen on 7.2.99].
 */
export function effectivePrefix(prefix: string): string {
  const trimmed = prefix.trim().replace(/^\/+|\/+$/g, '');
  return trimmed.includes('/') ? '' : trimmed;
}

/** The ids under an entry's prefix; none for an entry without prefix or without models. */
export function idsOf(entry: Pick<SectionEntry, 'prefix' | 'models'>): readonly string[] {
  const prefix = effectivePrefix(entry.prefix);
  if (prefix === '') return [];
  return namesOf(entry).map((name) => `${prefix}/${name}`);
}

/**
 * Derives what must be listed. An entry with `excluded-models` promises nothing (its patterns may hide any name),
 * and bare names are never expected: `force-model-prefix` or an upstream's 404 takes them off the list.
 */
export function expectNames(question: NameQuestion): NameExpectation {
  const owned = new Set(question.owned.map(effectivePrefix).filter((prefix) => prefix !== ''));
  const ours = question.entries.filter(
    (entry) => owned.has(effectivePrefix(entry.prefix)) && !hidesModels(entry) && !entry.malformed,
  );
  const mustAppear = ours.flatMap(idsOf);
  const mustHaveAny = ours
    .filter((entry) => entry.models.length === 0)
    .map((entry) => effectivePrefix(entry.prefix));
  const nowKeys = keysOf(question.entries);
  const nowPrefixes = new Set(question.entries.map((entry) => effectivePrefix(entry.prefix)));
  const before = question.before ?? [];
  const mustGo = before
    .flatMap(idsOf)
    .filter((id) => !nowKeys.has(keyOf(id)) && !servesAnything(question.entries, id));
  const mustGoWholly = [...question.removedPrefixes, ...before.map((entry) => entry.prefix)]
    .map(effectivePrefix)
    .filter((prefix) => prefix !== '' && !nowPrefixes.has(prefix));
  const expectation = {
    mustAppear: unique(mustAppear),
    mustHaveAny: unique(mustHaveAny),
    mustGo: unique(mustGo),
    mustGoWholly: unique(mustGoWholly),
    innocent: new Set([...question.otherModelNames, ...question.entries.flatMap(namesOf)].map(keyOf)),
  };
  return { ...expectation, shows: whatItShows(question, expectation) };
}

/** Names as the proxy lists them, compared as it does: prefix exactly, the rest without regard to case. */
export function compareNames(
  expectation: NameExpectation,
  served: readonly string[],
): { readonly missing: readonly string[]; readonly ghosts: readonly string[] } {
  const keys = new Set(served.map(keyOf));
  const prefixes = new Set(served.map(prefixOf));
  const missing = [
    ...expectation.mustAppear.filter((id) => !keys.has(keyOf(id))),
    ...expectation.mustHaveAny.filter((prefix) => !prefixes.has(prefix)).map((prefix) => `${prefix}/`),
  ];
  const gone = new Set(expectation.mustGo.map(keyOf));
  const goneWholly = new Set(expectation.mustGoWholly);
  const ghosts = served.filter((id) => {
    const key = keyOf(id);
    return (gone.has(key) || goneWholly.has(prefixOf(id) ?? '')) && !expectation.innocent.has(key);
  });
  return { missing, ghosts };
}

function whatItShows(
  question: NameQuestion,
  expectation: Omit<NameExpectation, 'shows'>,
): NameExpectation['shows'] {
  const { mustAppear, mustHaveAny, mustGo, mustGoWholly } = expectation;
  if (question.before !== null) {
    const knownIds = keysOf(question.before);
    const builtIn = question.before.filter((entry) => entry.models.length === 0);
    const builtInPrefixes = new Set(builtIn.map((entry) => effectivePrefix(entry.prefix)));
    const known = (id: string): boolean => knownIds.has(keyOf(id)) || builtInPrefixes.has(prefixOf(id) ?? '');
    const knownPrefixes = new Set(question.before.map((entry) => effectivePrefix(entry.prefix)));
    if (!mustAppear.every(known) || !mustHaveAny.every((prefix) => knownPrefixes.has(prefix)))
      return 'appearance';
    // What was hidden could not be seen to go.
    const seen = question.before.filter((entry) => !hidesModels(entry));
    const seenPrefixes = new Set(seen.map((entry) => effectivePrefix(entry.prefix)));
    const seenIds = keysOf(seen);
    const went =
      mustGo.some((id) => seenIds.has(keyOf(id))) || mustGoWholly.some((prefix) => seenPrefixes.has(prefix));
    if (went) return 'removal';
    if (JSON.stringify(shapeOf(question.before)) !== JSON.stringify(shapeOf(question.entries)))
      return 'nothing';
    if (fingerprint(question.before) !== fingerprint(question.entries)) return 'credentials';
  }
  return expectsNames(expectation) ? 'names' : 'nothing';
}

function namesOf(entry: Pick<SectionEntry, 'models'>): readonly string[] {
  return entry.models.map((model) => model.alias.trim() || model.name.trim()).filter((name) => name !== '');
}

function hidesModels(entry: SectionEntry): boolean {
  return entry.otherFields.includes('excluded-models');
}

function servesAnything(entries: readonly SectionEntry[], id: string): boolean {
  return entries.some((entry) => entry.models.length === 0 && effectivePrefix(entry.prefix) === prefixOf(id));
}

function keysOf(entries: readonly SectionEntry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(idsOf).map(keyOf));
}

function prefixOf(id: string): string | null {
  const slash = id.indexOf('/');
  return slash < 0 ? null : id.slice(0, slash);
}

/** Of `Upper` and `upper` under one prefix the proxy lists the first only; prefixes differ by case. */
function keyOf(id: string): string {
  const slash = id.indexOf('/');
  return slash < 0 ? id.toLowerCase() : id.slice(0, slash) + id.slice(slash).toLowerCase();
}

function shapeOf(entries: readonly SectionEntry[]): readonly unknown[] {
  return entries.map((entry) => [
    effectivePrefix(entry.prefix),
    namesOf(entry).map(keyOf),
    hidesModels(entry),
  ]);
}

/** Holds keys: for comparing here, never to be shown. */
function fingerprint(entries: readonly SectionEntry[]): string {
  return JSON.stringify(entries.map((entry) => [entry.apiKey, entry.baseUrl, entry.proxyUrl]));
}

/** Whether there is anything to look for in the model list. */
export function expectsNames(expectation: Omit<NameExpectation, 'shows'>): boolean {
  const { mustAppear, mustHaveAny, mustGo, mustGoWholly } = expectation;
  return mustAppear.length + mustHaveAny.length + mustGo.length + mustGoWholly.length > 0;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
