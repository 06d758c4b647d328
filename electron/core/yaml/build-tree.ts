import type { CST } from 'yaml';
import { keyName } from './key-name.ts';
import { lazy } from './lazy.ts';
import { readScalar } from './read-scalar.ts';
import { isValueToken, itemEnd, tokenEnd } from './token-extent.ts';
import { readMarks, type Marks } from './token-marks.ts';
import { checkBlockPair, checkEnd, type OnProblem } from './token-problems.ts';
import type { YamlItem, YamlList, YamlMap, YamlNode, YamlPair } from './yaml-tree.ts';

/** Builds the view of a value from the library's syntax tree. Mappings and lists build their parts when asked. */
export function buildNode(token: ValueOrNothing, before: readonly CST.SourceToken[], at: Site): YamlNode {
  return buildMarked(token, readMarks(before), at);
}

type ValueOrNothing = CST.Token | null | undefined;

/** Where a value that takes no character stands, and who wants to know of problems. */
export interface Site {
  readonly emptyAt: number;
  readonly onProblem: OnProblem;
}

function buildMarked(token: ValueOrNothing, marks: Marks, { emptyAt, onProblem }: Site): YamlNode {
  const { anchor, marked } = marks;
  if (!token || (token.type === 'scalar' && token.source === '')) {
    const start = marks.end ?? emptyAt;
    return {
      kind: 'scalar',
      start,
      end: start,
      anchor,
      marked,
      style: 'empty',
      value: '',
      isNull: true,
      block: null,
    };
  }
  if (!isValueToken(token)) {
    onProblem('invalid-yaml', token.offset, 'UNEXPECTED_TOKEN');
    return buildMarked(null, marks, { emptyAt: token.offset, onProblem });
  }
  checkEnd(token, onProblem);
  const place = { start: token.offset, end: tokenEnd(token), anchor, marked };
  switch (token.type) {
    case 'alias':
      return { kind: 'alias', ...place, name: token.source.slice(1) };
    case 'block-map': {
      const pairs = lazy(() => buildPairs(token, onProblem));
      return { kind: 'map', ...place, start: mapStart(token), style: 'block', pairs, commas: noCommas };
    }
    case 'block-seq':
      return {
        kind: 'list',
        ...place,
        style: 'block',
        items: lazy(() => buildItems(token, onProblem)),
        commas: noCommas,
      };
    case 'flow-collection':
      return buildFlow(token, place, onProblem);
    default:
      return { kind: 'scalar', ...place, ...readScalar(token, onProblem) };
  }
}

function buildFlow(
  token: CST.FlowCollection,
  place: { start: number; end: number; anchor: string | null; marked: boolean },
  onProblem: OnProblem,
): YamlMap | YamlList {
  if (token.end.length === 0) onProblem('invalid-yaml', token.offset, 'MISSING_CHAR');
  const commas = lazy(() => flowCommas(token, onProblem));
  if (token.start.type === 'flow-map-start') {
    return { kind: 'map', ...place, style: 'flow', pairs: lazy(() => buildPairs(token, onProblem)), commas };
  }
  return {
    kind: 'list',
    ...place,
    style: 'flow',
    items: lazy(() => buildFlowItems(token, onProblem)),
    commas,
  };
}

function flowCommas(token: CST.FlowCollection, onProblem: OnProblem): number[] {
  const commas: number[] = [];
  for (const [index, item] of token.items.entries()) {
    const found = item.start.filter((part) => part.type === 'comma');
    const wanted = index === 0 ? 0 : 1;
    if (found.length !== wanted && (itemEnd(item) !== null || found.length > wanted)) {
      onProblem('invalid-yaml', item.start[0]?.offset ?? token.offset, 'MISSING_CHAR');
    }
    for (const comma of found) commas.push(comma.offset);
  }
  return commas;
}

function buildPairs(token: CST.BlockMap | CST.FlowCollection, onProblem: OnProblem): YamlPair[] {
  const pairs: YamlPair[] = [];
  const names = new Set<string>();
  for (const item of token.items) {
    if (itemEnd(item) === null) continue;
    if (token.type === 'block-map') checkBlockPair(item, token, onProblem);
    const pair = buildPair(item, onProblem);
    pairs.push(pair);
    if (pair.key.kind !== 'scalar') continue;
    if (names.has(pair.key.value)) onProblem('duplicate-key', pair.key.start, keyName(pair.key.value));
    names.add(pair.key.value);
  }
  return pairs;
}

function buildPair(item: CST.CollectionItem, onProblem: OnProblem): YamlPair {
  const before = readMarks(item.start);
  const explicit = item.start.find((part) => part.type === 'explicit-key-ind');
  const sep = item.sep ?? [];
  const colonIndex = sep.findIndex((part) => part.type === 'map-value-ind');
  const colon = sep[colonIndex];
  const colonEnd = colon === undefined ? null : colon.offset + 1;
  if (!item.key && colon === undefined && explicit === undefined) {
    onProblem('invalid-yaml', before.start ?? 0, 'UNEXPECTED_TOKEN');
  }
  if (item.value && colon === undefined) onProblem('invalid-yaml', item.value.offset, 'MISSING_CHAR');
  const keyAt = explicit === undefined ? (colon?.offset ?? before.end ?? 0) : explicit.offset + 1;
  const key = buildMarked(item.key, before, { emptyAt: keyAt, onProblem });
  const value = buildNode(item.value, sep.slice(colonIndex + 1), { emptyAt: colonEnd ?? key.end, onProblem });
  const start = Math.min(explicit?.offset ?? key.start, before.start ?? key.start, key.start);
  return {
    start,
    end: Math.max(value.end, colonEnd ?? key.end),
    key,
    colonEnd,
    explicit: explicit !== undefined,
    value,
  };
}

function buildItems(token: CST.BlockSequence, onProblem: OnProblem): YamlItem[] {
  const items: YamlItem[] = [];
  for (const item of token.items) {
    const dash = item.start.find((part) => part.type === 'seq-item-ind');
    if (dash === undefined) {
      if (item.value) onProblem('invalid-yaml', item.value.offset, 'UNEXPECTED_TOKEN');
      continue;
    }
    const value = buildNode(item.value, item.start, { emptyAt: dash.offset + 1, onProblem });
    items.push({ start: dash.offset, end: value.end, value });
  }
  return items;
}

function buildFlowItems(token: CST.FlowCollection, onProblem: OnProblem): YamlItem[] {
  const items: YamlItem[] = [];
  for (const item of token.items) {
    const end = itemEnd(item);
    if (end === null) continue;
    const value = item.sep === undefined ? plainItem(item, onProblem) : singlePair(item, onProblem);
    const start =
      value.kind === 'map' && value.style === 'pair'
        ? value.start
        : (readMarks(item.start).start ?? value.start);
    items.push({ start, end: value.end, value });
  }
  return items;
}

function plainItem(item: CST.CollectionItem, onProblem: OnProblem): YamlNode {
  return buildNode(item.value, item.start, { emptyAt: 0, onProblem });
}

function singlePair(item: CST.CollectionItem, onProblem: OnProblem): YamlMap {
  const pair = buildPair(item, onProblem);
  const { start, end } = pair;
  return {
    kind: 'map',
    start,
    end,
    anchor: null,
    marked: false,
    style: 'pair',
    pairs: () => [pair],
    commas: noCommas,
  };
}

function mapStart(token: CST.BlockMap): number {
  const first = token.items[0];
  if (first === undefined) return token.offset;
  const explicit = first.start.find((part) => part.type === 'explicit-key-ind');
  return Math.min(
    token.offset,
    explicit?.offset ?? token.offset,
    readMarks(first.start).start ?? token.offset,
  );
}

/** Of a block, or of a single pair. A function of its own, because a closure would keep the syntax tree alive. */
function noCommas(): readonly number[] {
  return [];
}
