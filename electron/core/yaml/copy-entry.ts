import { itemLines } from './edit-block-list.ts';
import { flowText } from './flow-text.ts';
import type { NewItem } from './new-item.ts';
import { columnOf, lineEnd, lineStart } from './text-lines.ts';
import {
  findPair,
  type YamlDocument,
  type YamlItem,
  type YamlList,
  type YamlMap,
  type YamlPair,
} from './yaml-tree.ts';

/** An item of another text's list, as it is written there; only its indentation follows the new place. */
export function copiedItem({ text }: YamlDocument, list: YamlList, item: YamlItem): NewItem {
  const written = text.slice(item.value.start, item.value.end);
  if (list.style === 'flow') {
    const bracketed = item.value.kind === 'map' && item.value.style === 'pair' ? `{${written}}` : written;
    return {
      blockLines: (dashColumn) =>
        indentRest(`${' '.repeat(dashColumn)}- ${bracketed}`, dashColumn + 2).split('\n'),
      flow: (indent) => indentRest(bracketed, indent),
    };
  }
  const lines = splitLines(text.slice(...itemLines(text, item)));
  const column = columnOf(text, item.start);
  const isFlow = item.value.kind !== 'scalar' && item.value.kind !== 'alias' && item.value.style === 'flow';
  return {
    blockLines: (dashColumn) => lines.map((line) => shift(line, dashColumn - column)),
    flow: (indent) => (isFlow ? indentRest(written, indent) : flowText(item.value)),
  };
}

export interface CopiedPair {
  readonly lines: readonly string[];
  /** Its flow text, further lines indented by at least this much. */
  readonly flow: (indent: number) => string;
}

/**
 * A pair of another text's mapping: as lines relative to the mapping's keys, with the comment lines right above
 * it, and as flow text.
 */
export function copiedPair({ text }: YamlDocument, map: YamlMap, pair: YamlPair): CopiedPair {
  const key = text.slice(pair.key.start, pair.key.end);
  const value = text.slice(pair.value.start, pair.value.end);
  if (map.style !== 'block') {
    // As JSON has it, `"key":value`, is not allowed in a block.
    const written = value === '' ? `${key}:` : `${key}: ${value}`;
    return { lines: indentRest(written, 2).split('\n'), flow: (indent) => indentRest(written, indent) };
  }
  const column = columnOf(text, pair.start);
  const own = splitLines(' '.repeat(column) + text.slice(pair.start, lineEnd(text, pair.end)));
  const lines = [...commentsAbove(text, map, pair), ...own].map((line) => shift(line, -column));
  const isFlow = (pair.value.kind === 'list' || pair.value.kind === 'map') && pair.value.style === 'flow';
  return { lines, flow: (indent) => `${key}: ${isFlow ? indentRest(value, indent) : flowText(pair.value)}` };
}

/** Those of the wanted pairs that `target` lacks, in the order of `fields`. */
export function missingPairs(target: YamlMap, source: YamlMap, fields: readonly string[]): YamlPair[] {
  const missing = new Set(fields.filter((name) => findPair(target, name) === null));
  return [...missing].map((name) => findPair(source, name)).filter((pair) => pair !== null);
}

function commentsAbove(text: string, map: YamlMap, pair: YamlPair): string[] {
  const pairs = map.pairs();
  const previous = pairs[pairs.indexOf(pair) - 1];
  if (previous === undefined) return [];
  const between = splitLines(text.slice(lineEnd(text, previous.end), lineStart(text, pair.start)));
  let from = between.length;
  while (from > 0 && /^ *#/.test(between[from - 1] ?? '')) from--;
  return between.slice(from);
}

function splitLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** Moves a line to the right or left by `columns`, no further left than its text allows. */
function shift(line: string, columns: number): string {
  if (columns >= 0) return line === '' ? line : ' '.repeat(columns) + line;
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(indent, -columns));
}

/** Indents the second and further lines of a flow text by at least `indent`; YAML folds that away. */
function indentRest(flow: string, indent: number): string {
  const [first = '', ...rest] = flow.split(/\r?\n/);
  const lines = rest.map((line) => {
    const content = line.trimStart();
    const missing = indent - (line.length - content.length);
    return content === '' || missing <= 0 ? line : ' '.repeat(indent) + content;
  });
  return [first, ...lines].join('\n');
}
