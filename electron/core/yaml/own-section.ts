import { findOwnRuns, type FocusedSection, focusSection, type OwnRun } from './focus-section.ts';
import type { OwnEntry } from './own-entries.ts';
import { readSection } from './read-section.ts';
import type { SectionEntry } from './section.ts';
import { positions } from './text-lines.ts';
import type { YamlDocument } from './yaml-tree.ts';

/** A text most of whose section has the form in which we write it, read without parsing all of it. */
export interface OwnSection {
  readonly text: string;
  /** Of the text without most of those entries: everything else is in it. */
  readonly document: YamlDocument;
  readonly entries: readonly SectionEntry[];
  readonly runs: readonly OwnRun[];
  /** By an entry's index, where it is one of our form that may be left out. */
  readonly ownBy: ReadonlyMap<number, OwnEntry>;
}

/**
 * Reads the section of a text that we wrote and checked, in a fraction of the time and memory that parsing all of it
 * takes. Null where that does not apply: then it must be parsed.
 */
export function readOwnSection(text: string): OwnSection | null {
  const runs = findOwnRuns(text);
  const focused = focusSection(text, runs, () => false);
  if (focused === null) return null;
  const read = readSection(focused.document);
  if (!read.ok) return null;
  const { document } = focused;
  return { text, document, runs, ...allEntries(text, focused, read.value) };
}

function allEntries(
  text: string,
  { list, cuts }: FocusedSection,
  short: readonly SectionEntry[],
): Pick<OwnSection, 'entries' | 'ownBy'> {
  const position = positions(text);
  const items = list.items();
  const entries: SectionEntry[] = [];
  const ownBy = new Map<number, OwnEntry>();
  const cutBefore = new Map(cuts.map((cut) => [cut.follower, cut]));
  let leftOut = 0;
  for (const [place, entry] of short.entries()) {
    const cut = cutBefore.get(place);
    for (const own of cut?.entries ?? []) {
      const index = entries.length;
      ownBy.set(index, own);
      entries.push(entryOf(own, { index, line: position(own.start).line }));
      leftOut += own.end - own.start;
    }
    const { line } = position((items[place]?.start ?? 0) + leftOut);
    entries.push({ ...entry, index: entries.length, line });
  }
  return { entries, ownBy };
}

function entryOf(
  { apiKey, prefix, baseUrl, models }: OwnEntry,
  place: Pick<SectionEntry, 'index' | 'line'>,
): SectionEntry {
  return {
    ...place,
    apiKey,
    prefix,
    baseUrl,
    proxyUrl: '',
    models: models.map((name) => ({ name, alias: '', extra: false })),
    otherFields: [],
    malformed: false,
    indirect: false,
  };
}
