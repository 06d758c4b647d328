import { checkEdit } from './check-edit.ts';
import { type EditedSection, editSection } from './edit-section.ts';
import { blockListOf, columnOf, type Cut, type FocusedSection, focusSection } from './focus-section.ts';
import type { OwnSection } from './own-section.ts';
import { parseYaml } from './parse-yaml.ts';
import type { SectionEdit, SectionOrigin } from './section.ts';
import type { YamlList } from './yaml-tree.ts';

type UsualEdit = Exclude<SectionEdit, { readonly op: 'copy' | 'copy-fields' }>;

/**
 * Makes edits of a section in the text without the entries that are far from them, checks them there, and puts those
 * entries back where they stood: each between the same two neighbours, letter by letter. Null where that can't be
 * done or is refused: then the whole text must be edited and checked, which also says where it is wrong.
 */
export function editOwnSection(
  section: OwnSection,
  edits: readonly SectionEdit[],
  origin: SectionOrigin | null,
): EditedSection | null {
  if (!edits.every(isUsual)) return null;
  const touched = edits.flatMap((edit) => (edit.op === 'add' ? [] : [edit.index]));
  // Their neighbours, too: what is left out must stand between two entries that stay as they are.
  const near = new Set(touched.flatMap((index) => [index - 1, index, index + 1]));
  const kept = new Set([...near].flatMap((index) => section.ownBy.get(index)?.start ?? []));
  const focused = focusSection(section.text, section.runs, ({ start }) => kept.has(start));
  if (focused === null) return null;
  const places = shortPlaces(section, focused);
  const short = edits.map((edit) =>
    edit.op === 'add' ? edit : { ...edit, index: places[edit.index] ?? -1 },
  );
  const edited = editSection(focused.document, short, origin);
  if (!edited.ok || checkEdit(focused.document, short, edited.value.text) !== null) return null;
  const removed = short.flatMap((edit) => (edit.op === 'remove' ? [edit.index] : []));
  const text = putBack(section.text, { short: edited.value.text, cuts: focused.cuts, removed });
  return text === null ? null : { text, origin: edited.value.origin };
}

function isUsual(edit: SectionEdit): edit is UsualEdit {
  return edit.op !== 'copy' && edit.op !== 'copy-fields';
}

/** The place of each entry in the list without what was left out, by its index in the whole list. */
function shortPlaces({ entries, ownBy }: OwnSection, { cuts }: FocusedSection): readonly number[] {
  const left = new Set(cuts.flatMap((cut) => cut.entries.map(({ start }) => start)));
  let place = 0;
  return entries.map(({ index }) => (left.has(ownBy.get(index)?.start ?? -1) ? -1 : place++));
}

interface Edited {
  readonly short: string;
  readonly cuts: readonly Cut[];
  /** Indexes in the short list from before the edit. */
  readonly removed: readonly number[];
}

/** The whole text; null where a neighbour is not where it must be. */
function putBack(whole: string, { short, cuts, removed }: Edited): string | null {
  const parsed = parseYaml(short);
  const list = parsed.ok ? blockListOf(parsed.value) : null;
  if (list === null) return null;
  const parts: string[] = [];
  let from = 0;
  for (const cut of cuts) {
    const gone = removed.filter((index) => index < cut.follower).length;
    const seam = seamOf(list, cut, cut.follower - gone);
    const before = whole.slice(cut.before.start, cut.before.end);
    const after = whole.slice(cut.after.start, cut.after.end);
    if (seam === null || seam - before.length < from) return null;
    if (!short.startsWith(before, seam - before.length) || !short.startsWith(after, seam)) return null;
    parts.push(short.slice(from, seam), whole.slice(cut.before.end, cut.after.start));
    from = seam;
  }
  parts.push(short.slice(from));
  return parts.join('');
}

function seamOf(list: YamlList, { after }: Cut, place: number): number | null {
  const item = list.items()[place];
  return item === undefined ? null : item.start - columnOf(after);
}
