import { editBlockList, startBlockList, type ListChange } from './edit-block-list.ts';
import { editFlow } from './edit-flow.ts';
import { flowList } from './new-item.ts';
import { insertion, replacement, type Splice } from './splice.ts';
import { columnOf } from './text-lines.ts';
import type { YamlDocument, YamlList, YamlMap, YamlPair } from './yaml-tree.ts';

/** A pair whose value is a list, null or nothing, and the mapping that holds it. */
export interface ListPlace {
  readonly parent: YamlMap;
  readonly pair: YamlPair;
}

/**
 * Takes items out of the list of a pair and adds others, in the list's own style. Nothing, null and `[]` become a
 * block list where that loses no comment and the mapping is no flow mapping, else a flow list.
 */
export function editList(document: YamlDocument, { parent, pair }: ListPlace, change: ListChange): Splice[] {
  const { value } = pair;
  if (change.added.length > 0 && startsAsBlock(document, { parent, pair })) {
    return startBlockList(document, pair, change.added);
  }
  if (value.kind === 'list') {
    if (value.style === 'block') return editBlockList(document, pair, { ...change, list: value });
    return editFlowList(document, value, { ...change, indent: continuation(document, pair) });
  }
  if (change.added.length === 0) return [];
  const text = flowList(change.added, continuation(document, pair)).replaceAll('\n', document.eol);
  if (pair.colonEnd === null) return [insertion(pair.key.end, `: ${text}`)];
  if (value.start === value.end) return [insertion(pair.colonEnd, ` ${text}`)];
  return [replacement(value.start, value.end, text)];
}

/** Whether a pair's value is nothing, null or `[]` and may make room for a block list without loss of a comment. */
export function startsAsBlock({ text }: YamlDocument, { parent, pair }: ListPlace): boolean {
  const { value } = pair;
  if (parent.style !== 'block' || pair.colonEnd === null) return false;
  if (value.kind === 'scalar') return value.isNull && !text.slice(pair.colonEnd, value.end).includes('#');
  const isEmpty = value.kind === 'list' && value.items().length === 0;
  return isEmpty && /^\s*\[\s*\]$/.test(text.slice(pair.colonEnd, value.end));
}

function editFlowList(
  document: YamlDocument,
  list: YamlList,
  change: ListChange & { indent: number },
): Splice[] {
  const { start, end } = list;
  const added = change.added.map((item) => item.flow(change.indent));
  const flow = { start, end, parts: list.items(), commas: list.commas() };
  return editFlow(document, flow, { removed: change.removed, added });
}

/** The least indentation of further lines of a flow value under this key. */
function continuation({ text }: YamlDocument, pair: YamlPair): number {
  return columnOf(text, pair.start) + 2;
}
