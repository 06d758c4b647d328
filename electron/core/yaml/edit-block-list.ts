import { insertion, removals, replacement, type Splice } from './splice.ts';
import { afterOwnComments, columnOf, lineEnd, lineStart } from './text-lines.ts';
import type { NewItem } from './new-item.ts';
import type { YamlDocument, YamlItem, YamlList, YamlPair } from './yaml-tree.ts';

export interface ListChange {
  /** Which items go, by their place. */
  readonly removed: ReadonlySet<number>;
  /** What comes at the end, in this order. */
  readonly added: readonly NewItem[];
}

/** How deep a list that we make stands under its key, and its items' content behind the dash. */
const INDENT = 2;

/**
 * Takes items out of a block list, each with its own lines and nothing else, and puts others at its end, after
 * comments that are the list's by their indentation. A list that would be left without items becomes `[]`.
 */
export function editBlockList(
  document: YamlDocument,
  place: YamlPair,
  change: ListChange & { list: YamlList },
): Splice[] {
  const { list, removed, added } = change;
  const items = list.items();
  const splices = removals([...removed].map((index) => itemLines(document.text, items[index])));
  if (added.length > 0) return [...splices, appendItems(document, { place, items, added })];
  const emptied = removed.size === items.length && place.colonEnd !== null;
  return emptied ? [insertion(place.colonEnd, ' []'), ...splices] : splices;
}

/**
 * Makes a block list of a value that is nothing, null or `[]`; what stood between the colon and the value's end
 * goes. The key must be in a block mapping.
 */
export function startBlockList(document: YamlDocument, place: YamlPair, added: readonly NewItem[]): Splice[] {
  const { text, eol } = document;
  const keyColumn = columnOf(text, place.start);
  const at = afterOwnComments(text, lineEnd(text, place.end), keyColumn + 1);
  const lines = added.flatMap((item) => item.blockLines(keyColumn + INDENT, INDENT));
  const start = place.colonEnd ?? place.end;
  const emptied = start === place.end ? [] : [replacement(start, place.end, '')];
  return [...emptied, insertion(at, joinLines(lines, eol))];
}

/** The lines of one item: from the start of its dash's line to the end of its content's last line. */
export function itemLines(text: string, item: YamlItem | undefined): [number, number] {
  if (item === undefined) throw new Error('No such item in the list');
  return [lineStart(text, item.start), lineEnd(text, item.end)];
}

export function joinLines(lines: readonly string[], eol: string): string {
  return lines.map((line) => line + eol).join('');
}

function appendItems(
  { text, eol }: YamlDocument,
  { place, items, added }: { place: YamlPair; items: readonly YamlItem[]; added: readonly NewItem[] },
): Splice {
  const last = items[items.length - 1];
  if (last === undefined) throw new Error('A block list has at least one item');
  const keyColumn = columnOf(text, place.start);
  const dashColumn = columnOf(text, last.start);
  const at = afterOwnComments(text, lineEnd(text, last.end), Math.max(dashColumn, keyColumn + 1));
  const lines = added.flatMap((item) => item.blockLines(dashColumn, innerOffset(text, last)));
  return insertion(at, joinLines(lines, eol));
}

/** How far an item's content stands to the right of its dash. */
function innerOffset(text: string, { start, value }: YamlItem): number {
  const offset = columnOf(text, value.start) - columnOf(text, start);
  return value.kind === 'map' && offset > 1 ? offset : INDENT;
}
