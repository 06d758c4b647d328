import { editFlow } from './edit-flow.ts';
import { joinLines } from './edit-block-list.ts';
import { insertion, type Splice } from './splice.ts';
import { columnOf, lineEnd } from './text-lines.ts';
import type { YamlDocument, YamlMap, YamlPair } from './yaml-tree.ts';

/** The mapping to be edited, and the pair after which something new comes; `null`: before all others. */
export interface PairPlace {
  readonly map: YamlMap;
  readonly after: YamlPair | null;
}

/** Puts a pair with a value on one line into a mapping, its key quoted as the one before it is. */
export function insertPair(
  { text, eol }: YamlDocument,
  place: PairPlace,
  [key, written]: [string, string],
): Splice {
  const { map, after } = place;
  const first = map.pairs()[0];
  const model = after ?? first;
  if (map.style === 'block' && first !== undefined) {
    const indent = ' '.repeat(columnOf(text, first.start));
    if (after === null) return insertion(first.start, `${key}: ${written}${eol}${indent}`);
    return insertion(lineEnd(text, after.end), `${indent}${key}: ${written}${eol}`);
  }
  const pair = `${quoteKeyLike(model, key)}: ${written}`;
  if (after !== null) return insertion(after.end, `, ${pair}`);
  return insertion(map.start + 1, first === undefined ? pair : `${pair}, `);
}

/** Puts pairs at the end of a mapping: as lines relative to its keys where it is a block, else as flow text. */
export function appendPairs(
  document: YamlDocument,
  map: YamlMap,
  added: { readonly lines: readonly string[]; readonly flow: readonly string[] },
): Splice[] {
  const { text, eol } = document;
  const pairs = map.pairs();
  const first = pairs[0];
  if (map.style === 'block' && first !== undefined) {
    const indent = ' '.repeat(columnOf(text, first.start));
    const lines = added.lines.map((line) => (line === '' ? line : indent + line));
    return [insertion(lineEnd(text, map.end), joinLines(lines, eol))];
  }
  const { start, end } = map;
  return editFlow(
    document,
    { start, end, parts: pairs, commas: map.commas() },
    { removed: new Set(), added: added.flow },
  );
}

/** A key written as its neighbour is: plain, or as in JSON. */
export function quoteKeyLike(model: YamlPair | undefined, key: string): string {
  const isPlain = model?.key.kind === 'scalar' && model.key.style === 'plain';
  return isPlain ? key : `"${key}"`;
}
