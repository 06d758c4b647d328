import type { NewEntry, SectionEdit } from './section.ts';

type AddEdit = Extract<SectionEdit, { readonly op: 'add' }>;

/** A text and its edits without most of the entries that were added: what is left proves the rest. */
export interface ShortenedEdit {
  readonly text: string;
  readonly edits: readonly SectionEdit[];
  /** Where entries were left out, which is where the last added entry now starts. */
  readonly seam: number;
  /** The column of the dash of every entry that was left out. */
  readonly column: number;
}

/** Fewer than this are not worth the trouble. */
const FROM = 16;

/** Printable ASCII without quotes and backslashes: such a scalar means what stands between its quotes. */
const PLAIN = '"([ !#-\\[\\]-~]*)"';

/** An entry in the very form in which we write it into a block list, whole lines only. */
const OWN_ENTRY = [
  `( *)-( +)api-key: ${PLAIN}(\\r?\\n)`,
  `\\1 \\2prefix: ${PLAIN}\\4`,
  `(?:\\1 \\2base-url: ${PLAIN}\\4)?`,
  `\\1 \\2proxy-url: ""\\4`,
  `(?:\\1 \\2models:\\4((?:\\1 \\2  - name: ${PLAIN}\\4\\1 \\2    alias: ""\\4)+))?`,
].join('');
const MODEL_NAME = `- name: ${PLAIN}`;

/**
 * Leaves out all added entries but the first and the last, where they stand one after the other in the exact form
 * in which we write them and say what the edits promise. A block list is a sequence of entries at one column, so
 * whole entries of that form, at a seam between two items of the list at that column, change nothing about how
 * the rest is parsed: checking the shortened text checks the whole one, and takes a fraction of the time.
 * Null where that does not hold; then the whole text must be parsed.
 */
export function shortened(edits: readonly SectionEdit[], text: string): ShortenedEdit | null {
  const adds = edits.filter((edit): edit is AddEdit => edit.op === 'add');
  const last = adds.at(-1);
  if (adds.length < FROM || last === undefined || edits.some(({ op }) => op === 'copy')) return null;
  const middle = adds.slice(1, -1);
  const ownEntryAt = ownEntryReader(text);
  const start = startOf(middle[0]?.entry, text, ownEntryAt);
  if (start === null) return null;
  let end = start;
  let form: string | null = null;
  for (const { entry } of middle) {
    const found = ownEntryAt(end);
    if (found === null || !isSame(found, entry) || (form ??= found.form) !== found.form) return null;
    end = found.end;
  }
  const left = new Set<SectionEdit>(middle);
  return {
    text: text.slice(0, start) + text.slice(end),
    edits: edits.filter((edit) => !left.has(edit)),
    seam: start,
    column: text.indexOf('-', start) - start,
  };
}

/** An entry in the form in which we write it, and where its lines stand. */
export interface OwnEntry extends NewEntry {
  readonly start: number;
  readonly end: number;
  /** Indentation and line break: the same for all entries of one list. */
  readonly form: string;
}

/** Where the line starts on which an entry with this key stands, the only one in the text. */
function startOf(entry: NewEntry | undefined, text: string, ownEntryAt: OwnEntryReader): number | null {
  if (entry === undefined) return null;
  const line = `api-key: "${entry.apiKey}"`;
  for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + 1)) {
    const start = text.lastIndexOf('\n', at) + 1;
    const found = ownEntryAt(start);
    if (found !== null && isSame(found, entry)) return start;
  }
  return null;
}

export type OwnEntryReader = (offset: number) => OwnEntry | null;

/** Makes the function that reads an entry of our form from a line's start on; null where there is none. */
export function ownEntryReader(text: string): OwnEntryReader {
  const ownEntry = new RegExp(OWN_ENTRY, 'y');
  const modelName = new RegExp(MODEL_NAME, 'g');
  return (offset) => {
    ownEntry.lastIndex = offset;
    const match = ownEntry.exec(text);
    if (match === null) return null;
    const [whole, indent = '', gap = '', apiKey = '', eol = '', prefix = '', baseUrl = '', models = ''] =
      match;
    return {
      start: offset,
      end: offset + whole.length,
      form: `${indent}-${gap}${eol}`,
      apiKey,
      prefix,
      baseUrl,
      models: Array.from(models.matchAll(modelName), ([, name = '']) => name),
    };
  };
}

function isSame(one: NewEntry, other: NewEntry): boolean {
  return (
    one.apiKey === other.apiKey &&
    one.prefix === other.prefix &&
    one.baseUrl === other.baseUrl &&
    one.models.length === other.models.length &&
    one.models.every((name, index) => name === other.models[index])
  );
}
