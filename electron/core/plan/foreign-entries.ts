import type { SectionEntry } from '../yaml/section.ts';
import { isAdoptable } from './adoption.ts';
import { modelNames } from './match-owned.ts';
import { servedPrefix } from './served-prefix.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** The entries of a target that are not ours, as one plan uses them up: what it takes is not offered twice. */
export class ForeignEntries {
  readonly #left: Set<SectionEntry>;
  readonly #byPrefix = new Map<string, Set<SectionEntry>>();
  readonly #byServedPrefix = new Map<string, Set<SectionEntry>>();
  readonly #byCredential = new Map<string, Set<SectionEntry>>();
  readonly #byContent = new Map<string, Set<SectionEntry>>();

  constructor(entries: readonly SectionEntry[]) {
    this.#left = new Set(entries);
    for (const entry of entries) {
      append(this.#byPrefix, entry.prefix, entry);
      append(this.#byServedPrefix, servedPrefix(entry.prefix), entry);
      append(this.#byCredential, credentialOf(entry), entry);
      append(this.#byContent, contentOf(entry, modelNames(entry)), entry);
    }
  }

  /** Those that are still nobody's, in file order. */
  get left(): ReadonlySet<SectionEntry> {
    return this.#left;
  }

  /** The first entry that CCS would have written for this profile. */
  adoptable(wanted: WantedEntry): SectionEntry | null {
    // One with the profile's prefix is surely this profile's; one without could be that of another with its key.
    return (
      first(this.#byPrefix.get(wanted.prefix), (entry) => isAdoptable(entry, wanted)) ??
      first(this.#byContent.get(contentOf(wanted, wanted.models)), (entry) => isAdoptable(entry, wanted))
    );
  }

  /** The first entry with this very prefix and credential, whatever else it holds. */
  alike(wanted: WantedEntry): SectionEntry | null {
    const credential = credentialOf(wanted);
    return first(
      this.#byPrefix.get(wanted.prefix),
      (entry) => !entry.malformed && credentialOf(entry) === credential,
    );
  }

  /**
   * The first entry that is served under this prefix, however it is written. Malformed ones are included: they too
   * would share its requests once mended.
   */
  withPrefix(prefix: string): SectionEntry | null {
    return first(this.#byServedPrefix.get(prefix));
  }

  withCredential(wanted: WantedEntry): SectionEntry | null {
    return first(this.#byCredential.get(credentialOf(wanted)));
  }

  take(entry: SectionEntry): void {
    this.#left.delete(entry);
    this.#byPrefix.get(entry.prefix)?.delete(entry);
    this.#byServedPrefix.get(servedPrefix(entry.prefix))?.delete(entry);
    this.#byCredential.get(credentialOf(entry))?.delete(entry);
    this.#byContent.get(contentOf(entry, modelNames(entry)))?.delete(entry);
  }
}

interface Credential {
  readonly apiKey: string;
  readonly baseUrl: string;
}

function credentialOf({ apiKey, baseUrl }: Credential): string {
  return `${apiKey}\u0000${baseUrl}`;
}

function contentOf(credential: Credential, models: readonly string[]): string {
  return [credentialOf(credential), ...models].join('\u0000');
}

function append(map: Map<string, Set<SectionEntry>>, key: string, entry: SectionEntry): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([entry]));
  else set.add(entry);
}

function first(
  entries: ReadonlySet<SectionEntry> | undefined,
  fits: (entry: SectionEntry) => boolean = () => true,
): SectionEntry | null {
  for (const entry of entries ?? []) {
    if (fits(entry)) return entry;
  }
  return null;
}
