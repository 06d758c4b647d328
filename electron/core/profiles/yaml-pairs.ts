import type { YamlRefusal } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { joinLines } from '../yaml/edit-block-list.ts';
import { editFlow } from '../yaml/edit-flow.ts';
import { replaceScalar } from '../yaml/edit-scalar.ts';
import { indirect } from '../yaml/refuse-edit.ts';
import { insertion, replacement, type Splice } from '../yaml/splice.ts';
import { afterMark, afterOwnComments, columnOf, lineEnd, lineStart } from '../yaml/text-lines.ts';
import { findPair, type YamlDocument, type YamlMap, type YamlPair } from '../yaml/yaml-tree.ts';

/** A pair to be written, either way a mapping may be laid out. */
export interface NewPair {
  /** Its lines in a block, relative to the mapping's own column. */
  readonly lines: readonly string[];
  readonly flow: string;
}

type Edit = Result<readonly Splice[], YamlRefusal>;

/** The value of a key of the root, if it is there and can be edited; `empty` where it says nothing yet. */
export type RootMap =
  | { readonly kind: 'absent' }
  | { readonly kind: 'empty'; readonly pair: YamlPair }
  | { readonly kind: 'map'; readonly pair: YamlPair; readonly map: YamlMap };

/** Refuses (`indirect`) a value that is no mapping, or where an edit could change more than this place. */
export function rootMap(document: YamlDocument, key: string): Result<RootMap, YamlRefusal> {
  const pair = document.root === null ? null : findPair(document.root, key);
  if (pair === null) return ok({ kind: 'absent' });
  const refusal = refusePair(document, pair);
  if (refusal !== null) return err(refusal);
  const { value } = pair;
  if (value.kind === 'scalar' && value.isNull) return ok({ kind: 'empty', pair });
  if (value.kind !== 'map') return err(indirect(document, value.start, 'not-a-mapping'));
  return ok(
    value.pairs().length === 0 && isBlank(document, value)
      ? { kind: 'empty', pair }
      : { kind: 'map', pair, map: value },
  );
}

/** Refuses a pair that other places may refer to, that refers to others, or that is oddly written. */
export function refusePair(
  document: YamlDocument,
  { key, value, explicit, colonEnd, start }: YamlPair,
): YamlRefusal | null {
  if (explicit || key.marked || colonEnd === null) return indirect(document, start, 'explicit-key');
  if (value.marked || value.kind === 'alias') return indirect(document, start, 'anchor');
  return null;
}

/** Puts a pair at the end of the mapping that is the value of a key of the root, making that where it is not. */
export function putPair(document: YamlDocument, key: string, pair: NewPair): Edit {
  const found = rootMap(document, key);
  if (!found.ok) return found;
  switch (found.value.kind) {
    case 'absent':
      return addRootPair(document, {
        lines: [`${key}:`, ...deeper(pair.lines)],
        flow: `"${key}": {${pair.flow}}`,
      });
    case 'empty':
      return fillPair(document, found.value.pair, pair);
    case 'map':
      return appendPair(document, found.value.map, pair);
  }
}

/** Takes a pair of a mapping out, with its own lines and nothing else; the last one leaves `{}`. */
export function takePair(
  document: YamlDocument,
  place: { readonly owner: YamlPair | null; readonly map: YamlMap },
  pair: YamlPair,
): Edit {
  const { map, owner } = place;
  const { text, eol } = document;
  const pairs = map.pairs();
  if (map.style !== 'block') {
    const flow = { start: map.start, end: map.end, parts: pairs, commas: map.commas() };
    return ok(editFlow(document, flow, { removed: new Set([pairs.indexOf(pair)]), added: [] }));
  }
  const from = lineStart(text, pair.start);
  if (text.slice(from, pair.start).trim() !== '') return err(indirect(document, pair.start, 'layout'));
  const end = lineEnd(text, pair.end);
  // A text without a line break at its end stays one.
  const start =
    end === text.length && !text.endsWith('\n') && from > afterMark(text) ? from - eol.length : from;
  const emptied = pairs.length === 1 && owner?.colonEnd != null ? [insertion(owner.colonEnd, ' {}')] : [];
  return ok([...emptied, replacement(start, end, '')]);
}

/** Gives a pair another scalar as its value. */
export function setScalar(document: YamlDocument, pair: YamlPair, written: string): Edit {
  const refusal = refusePair(document, pair);
  if (refusal !== null) return err(refusal);
  if (pair.value.kind !== 'scalar') return err(indirect(document, pair.value.start, 'layout'));
  return ok(replaceScalar(document, pair, written));
}

function addRootPair(document: YamlDocument, pair: NewPair): Edit {
  const { root, text } = document;
  if (root === null) {
    if (document.rootMarked) return err(indirect(document, 0, 'tag'));
    return ok([lineInsertion(document, Math.max(document.contentEnd, afterMark(text)), pair.lines)]);
  }
  return appendPair(document, root, pair);
}

/** `key:`, `key: null` or `key: {}` becomes a block, or a flow mapping in a flow mapping. */
function fillPair(document: YamlDocument, place: YamlPair, pair: NewPair): Edit {
  const { text, root } = document;
  const { value, colonEnd } = place;
  if (colonEnd === null) return err(indirect(document, place.start, 'no-colon'));
  if (root?.style !== 'block')
    return ok([replacement(colonEnd, Math.max(value.end, colonEnd), ` {${pair.flow}}`)]);
  const column = columnOf(text, place.start);
  const cleared = value.end > colonEnd ? [replacement(colonEnd, value.end, '')] : [];
  const at = afterOwnComments(text, lineEnd(text, place.end), column + 1);
  return ok([
    ...cleared,
    lineInsertion(
      document,
      at,
      deeper(pair.lines).map((line) => ' '.repeat(column) + line),
    ),
  ]);
}

/** Puts a pair at the end of a mapping that has some. */
export function appendPair(document: YamlDocument, map: YamlMap, pair: NewPair): Edit {
  const { text } = document;
  const pairs = map.pairs();
  const first = pairs[0];
  if (map.style === 'pair') return err(indirect(document, map.start, 'single-pair'));
  if (map.style === 'flow' || first === undefined) {
    const flow = { start: map.start, end: map.end, parts: pairs, commas: map.commas() };
    return ok(editFlow(document, flow, { removed: new Set(), added: [pair.flow] }));
  }
  const from = lineStart(text, first.start);
  if (text.slice(from, first.start).trim() !== '' || text.slice(from, first.start).includes('\t')) {
    return err(indirect(document, first.start, 'layout'));
  }
  const indent = ' '.repeat(columnOf(text, first.start));
  const isRoot = map === document.root;
  const at = isRoot ? Math.max(document.contentEnd, map.end) : lineEnd(text, map.end);
  return ok([
    lineInsertion(
      document,
      at,
      pair.lines.map((line) => indent + line),
    ),
  ]);
}

/** Whole lines at a place where a line starts, or at the end of a text that lacks its last line break. */
function lineInsertion({ text, eol }: YamlDocument, at: number, lines: readonly string[]): Splice {
  const isOpenEnd = at === text.length && at > afterMark(text) && !text.endsWith('\n');
  return insertion(at, isOpenEnd ? eol + lines.join(eol) : joinLines(lines, eol));
}

function deeper(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function isBlank({ text }: YamlDocument, { start, end }: YamlMap): boolean {
  return text.slice(start + 1, end - 1).trim() === '';
}
