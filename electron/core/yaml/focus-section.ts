import { findSection } from './find-section.ts';
import { type OwnEntry, ownEntryReader } from './own-entries.ts';
import { parseYaml } from './parse-yaml.ts';
import type { YamlDocument, YamlList } from './yaml-tree.ts';

/** Entries of our form on consecutive lines, with the same indentation. */
export type OwnRun = readonly OwnEntry[];

/** Entries that were left out, and the two of the same run between which they stand. */
export interface Cut {
  readonly before: OwnEntry;
  readonly entries: readonly OwnEntry[];
  readonly after: OwnEntry;
  /** Where `after` starts in the short text, and its place in the short text's list. */
  readonly seam: number;
  readonly follower: number;
}

/** A text without most of its entries of our form, parsed. */
export interface FocusedSection {
  readonly document: YamlDocument;
  readonly list: YamlList;
  readonly cuts: readonly Cut[];
}

/** Less than this is not worth the trouble. */
const FROM = 16;

const SECTION_LINE = /^claude-api-key:[ \t]*(?:[ \t]#.*)?\r?$/m;
/** What begins another section. */
const OTHER_SECTION = /[^\s#-]/;

/** Finds what looks like entries of our form, line by line, from the section's own line to the next section. */
export function findOwnRuns(text: string): readonly OwnRun[] {
  const section = SECTION_LINE.exec(text);
  if (section === null) return [];
  const ownEntryAt = ownEntryReader(text);
  const runs: OwnEntry[][] = [];
  let run: OwnEntry[] = [];
  let at = nextLine(text, section.index);
  while (at < text.length && !OTHER_SECTION.test(text.charAt(at))) {
    const entry = ownEntryAt(at);
    if (entry === null || (run[0] !== undefined && run[0].form !== entry.form)) {
      runs.push(run);
      run = [];
    }
    if (entry !== null) run.push(entry);
    at = entry === null ? nextLine(text, at) : entry.end;
  }
  return [...runs, run].filter((one) => one.length > 0);
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/**
 * Parses a text without its entries of our form, but for the first and the last of each run and those to keep. A block
 * list is a sequence of entries at one column, and an entry of our form is complete in itself. So where the short
 * text has an item of the section's list at the seam, at that column, the text that was left out can only be such
 * items, and changes nothing about how the rest is read. Null where that does not hold or little is gained: then the
 * whole text must be parsed.
 */
export function focusSection(
  text: string,
  runs: readonly OwnRun[],
  keep: (entry: OwnEntry) => boolean,
): FocusedSection | null {
  const gaps = runs.flatMap((run) => gapsOf(run, keep));
  if (gaps.reduce((count, { entries }) => count + entries.length, 0) < FROM) return null;
  const parts: string[] = [];
  const seams: number[] = [];
  let from = 0;
  let length = 0;
  for (const { before, after } of gaps) {
    parts.push(text.slice(from, before.end));
    length += before.end - from;
    seams.push(length);
    from = after.start;
  }
  parts.push(text.slice(from));
  const document = parseYaml(parts.join(''));
  const list = document.ok ? blockListOf(document.value) : null;
  if (!document.ok || list === null) return null;
  const places = new Map(list.items().map(({ start }, index) => [start, index]));
  const cuts = gaps.flatMap((gap, index): Cut[] => {
    const seam = seams[index] ?? 0;
    const follower = places.get(seam + columnOf(gap.after));
    return follower === undefined ? [] : [{ ...gap, seam, follower }];
  });
  return cuts.length === gaps.length ? { document: document.value, list, cuts } : null;
}

/** The section's list, if it stands in the section itself and is a block. */
export function blockListOf(document: YamlDocument): YamlList | null {
  const value = findSection(document)?.value;
  return value?.kind === 'list' && value.style === 'block' ? value : null;
}

/** The column of an entry's dash, from 0. */
export function columnOf({ form }: OwnEntry): number {
  return form.indexOf('-');
}

type Gap = Omit<Cut, 'seam' | 'follower'>;

function gapsOf(run: OwnRun, keep: (entry: OwnEntry) => boolean): readonly Gap[] {
  const gaps: Gap[] = [];
  let before: OwnEntry | null = null;
  let entries: OwnEntry[] = [];
  for (const [index, entry] of run.entries()) {
    if (index > 0 && index < run.length - 1 && !keep(entry)) {
      entries.push(entry);
      continue;
    }
    if (before !== null && entries.length > 0) gaps.push({ before, entries, after: entry });
    before = entry;
    entries = [];
  }
  return gaps;
}
