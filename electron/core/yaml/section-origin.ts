import { itemLines } from './edit-block-list.ts';
import { editFlow } from './edit-flow.ts';
import { editList, startsAsBlock } from './edit-list.ts';
import type { SectionOrigin } from './section.ts';
import { insertion, removals, replacement, type Splice } from './splice.ts';
import { afterOwnComments, columnOf, lineEnd, lineStart } from './text-lines.ts';
import type { YamlDocument, YamlMap, YamlPair } from './yaml-tree.ts';

/** A section and the root mapping that holds it. */
export interface SectionPlace {
  readonly root: YamlMap;
  readonly pair: YamlPair;
}

/** How a section that exists stands before our first entry goes in. */
export function originOf(document: YamlDocument, { root, pair }: SectionPlace): SectionOrigin {
  const isNothing = pair.value.kind === 'scalar' || startsAsBlock(document, { parent: root, pair });
  if (!isNothing || pair.colonEnd === null) return { kind: 'entries' };
  return { kind: 'empty', text: document.text.slice(pair.colonEnd, pair.value.end) };
}

export interface EmptiedSection {
  readonly splices: readonly Splice[];
  /** Whether the line break that is last then is the text's own, and not one of the section's. */
  readonly keepsBreak: boolean;
}

/**
 * Takes all entries out of the section and gives it the form from before our first one, as far as that still fits:
 * comments that came into it meanwhile stay, in an empty list if need be.
 */
export function emptySection(
  document: YamlDocument,
  place: SectionPlace,
  origin: SectionOrigin | null,
): EmptiedSection {
  if (origin?.kind === 'absent') {
    const splices = removeSection(document, place);
    const wasLast = lineEnd(document.text, place.pair.end) === document.text.length;
    const keepsBreak = place.root.style === 'block' && wasLast && origin.lead === '';
    if (splices !== null) return { splices, keepsBreak };
  }
  if (origin?.kind === 'empty') {
    const splices = restoreEmpty(document, place, origin.text);
    if (splices !== null) return { splices, keepsBreak: false };
  }
  const items = place.pair.value.kind === 'list' ? place.pair.value.items() : [];
  const change = { removed: new Set(items.keys()), added: [] };
  return { splices: editList(document, { parent: place.root, pair: place.pair }, change), keepsBreak: false };
}

/** Takes the section out with its key; `null` where others' comments or blank lines would go with it. */
function removeSection(document: YamlDocument, { root, pair }: SectionPlace): Splice[] | null {
  const { text } = document;
  if (root.style !== 'block') {
    if (commentsOutsideItems(text, pair)) return null;
    const { start, end } = root;
    const flow = { start, end, parts: root.pairs(), commas: root.commas() };
    return editFlow(document, flow, { removed: new Set([root.pairs().indexOf(pair)]), added: [] });
  }
  const end = lineEnd(text, pair.end);
  const hasCommentsBelow = afterOwnComments(text, end, columnOf(text, pair.start) + 1) !== end;
  if (hasCommentsBelow || holdsOthersText(text, pair)) return null;
  return [replacement(lineStart(text, pair.start), end, '')];
}

/** Whether comments or blank lines stand in the section outside of its entries. */
function holdsOthersText(text: string, pair: YamlPair): boolean {
  const { colonEnd, value, end } = pair;
  if (value.kind !== 'list' || colonEnd === null) return true;
  if (value.style === 'flow')
    return commentsOutsideItems(text, pair) || text.slice(end, lineEnd(text, end)).trim() !== '';
  let at = lineEnd(text, colonEnd);
  if (text.slice(colonEnd, at).trim() !== '') return true;
  for (const item of value.items()) {
    const [start, next] = itemLines(text, item);
    if (start !== at) return true;
    at = next;
  }
  return false;
}

/** Whether a flow list has comments between the colon and its end, those within its items aside. */
function commentsOutsideItems(text: string, { colonEnd, value }: YamlPair): boolean {
  if (value.kind !== 'list' || colonEnd === null) return true;
  let at = colonEnd;
  for (const item of value.items()) {
    if (text.slice(at, item.start).includes('#')) return true;
    at = item.end;
  }
  return text.slice(at, value.end).includes('#');
}

/** Puts back what stood for nothing; `null` where it would not fit any more. */
function restoreEmpty(document: YamlDocument, { pair }: SectionPlace, before: string): Splice[] | null {
  const { text } = document;
  const { value, colonEnd } = pair;
  if (value.kind !== 'list' || colonEnd === null) return null;
  const gap = text.slice(colonEnd, value.start);
  if (value.style === 'flow') {
    const start = gap.includes('#') && before.startsWith(gap) ? value.start : colonEnd;
    if (start === colonEnd && before.includes('#')) return null;
    if (commentsOutsideItems(text, { ...pair, colonEnd: start })) return null;
    return [replacement(start, value.end, before.slice(start - colonEnd))];
  }
  if (before.includes('#')) return null;
  const lines = removals(value.items().map((item) => itemLines(text, item)));
  return before === '' ? lines : [insertion(colonEnd, before), ...lines];
}
