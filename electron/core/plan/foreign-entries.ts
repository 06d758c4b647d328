import type { SectionEntry } from '../yaml/section.ts';
import { isAdoptable } from './adoption.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** The entries of a target that are not ours, as one plan uses them up: what it takes is not offered twice. */
export class ForeignEntries {
  readonly #left: Set<SectionEntry>;
  readonly #byPrefix = new Map<string, Set<SectionEntry>>();
  readonly #byCredential = new Map<string, Set<SectionEntry>>();

  constructor(entries: readonly SectionEntry[]) {
    this.#left = new Set(entries);
    for (const entry of entries) {
      append(this.#byPrefix, entry.prefix, entry);
      if (!entry.malformed) append(this.#byCredential, credentialOf(entry), entry);
    }
  }

  /** Those that are still nobody's, in file order. */
  get left(): ReadonlySet<SectionEntry> {
    return this.#left;
  }

  /** The first entry that CCS would have written for this profile. */
  adoptable(wanted: WantedEntry): SectionEntry | null {
    let without: SectionEntry | null = null;
    for (const entry of this.#byCredential.get(credentialOf(wanted)) ?? []) {
      if (!isAdoptable(entry, wanted)) continue;
      // One with the profile's prefix is surely this profile's; one without could be that of another with its key.
      if (entry.prefix === wanted.prefix) return entry;
      without ??= entry;
    }
    return without;
  }

  /** The first entry with this very prefix and credential, whatever else it holds. */
  alike(wanted: WantedEntry): SectionEntry | null {
    for (const entry of this.#byPrefix.get(wanted.prefix) ?? []) {
      if (!entry.malformed && credentialOf(entry) === credentialOf(wanted)) return entry;
    }
    return null;
  }

  /** The first entry with this prefix, malformed ones included: they too would share its requests once mended. */
  withPrefix(prefix: string): SectionEntry | null {
    return first(this.#byPrefix.get(prefix));
  }

  withCredential(wanted: WantedEntry): SectionEntry | null {
    return first(this.#byCredential.get(credentialOf(wanted)));
  }

  take(entry: SectionEntry): void {
    this.#left.delete(entry);
    this.#byPrefix.get(entry.prefix)?.delete(entry);
    this.#byCredential.get(credentialOf(entry))?.delete(entry);
  }
}

function credentialOf(value: { readonly apiKey: string; readonly baseUrl: string }): string {
  return `${value.apiKey}\u0000${value.baseUrl}`;
}

function append(map: Map<string, Set<SectionEntry>>, key: string, entry: SectionEntry): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([entry]));
  else set.add(entry);
}

function first(set: ReadonlySet<SectionEntry> | undefined): SectionEntry | null {
  for (const entry of set ?? []) return entry;
  return null;
}
