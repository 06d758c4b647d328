/**
 * A read-only view of a YAML text in which every part knows its exact place, so that an edit can be a splice
 * on the text. Offsets are UTF-16 code units from 0; `end` is exclusive.
 */
export interface YamlDocument {
  readonly text: string;
  /** The text's own line break: CRLF where the first one is. */
  readonly eol: '\n' | '\r\n';
  /** `null` for an empty document (nothing, comments, or only `---`). */
  readonly root: YamlMap | null;
  /** Whether the root mapping as a whole bears an anchor or a tag. */
  readonly rootMarked: boolean;
  /** Where the document's content ends: its `...` line, else the end of the text. */
  readonly contentEnd: number;
  /** Line and column of an offset, from 1. */
  readonly position: (offset: number) => Position;
  /** What an alias stands for: the last node before it that bears its anchor. */
  readonly resolve: (alias: YamlAlias) => YamlNode | null;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

export type YamlNode = YamlMap | YamlList | YamlScalar | YamlAlias;

interface NodePlace {
  /** Where the content starts, after anchor and tag. */
  readonly start: number;
  readonly end: number;
  readonly anchor: string | null;
  /** Whether an anchor or a tag stands before it. */
  readonly marked: boolean;
}

export interface YamlMap extends NodePlace {
  readonly kind: 'map';
  /** `pair`: a mapping of one pair without braces in a flow list, `[a: 1]`. */
  readonly style: 'block' | 'flow' | 'pair';
  readonly pairs: () => readonly YamlPair[];
  /** Offsets of a flow mapping's commas. */
  readonly commas: () => readonly number[];
}

export interface YamlList extends NodePlace {
  readonly kind: 'list';
  readonly style: 'block' | 'flow';
  readonly items: () => readonly YamlItem[];
  /** Offsets of a flow list's commas. */
  readonly commas: () => readonly number[];
}

export interface YamlScalar extends NodePlace {
  readonly kind: 'scalar';
  /** `empty`: no character at all, as after `key:`. */
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'empty';
  /** Decoded; a plain scalar as it is written, never as number or boolean. */
  readonly value: string;
  /** Empty or one of YAML's words for null, unquoted. */
  readonly isNull: boolean;
  /** For a block scalar: where its header (`|2-`) ends, and where its first line starts. */
  readonly block: { readonly headerEnd: number; readonly contentStart: number } | null;
}

export interface YamlAlias extends NodePlace {
  readonly kind: 'alias';
  readonly name: string;
}

export interface YamlPair {
  /** From the key (or its anchor, or `?`) … */
  readonly start: number;
  /** … to the end of the value. */
  readonly end: number;
  readonly key: YamlNode;
  /** The offset after the `:`; `null` where there is none (`{a}`, `? a`). */
  readonly colonEnd: number | null;
  /** Written with `?`. */
  readonly explicit: boolean;
  readonly value: YamlNode;
}

export interface YamlItem {
  /** From the dash of a block list, else from the value. */
  readonly start: number;
  readonly end: number;
  readonly value: YamlNode;
}

/** The pair of a mapping with this key; `null` where there is none. Merge keys are not followed. */
export function findPair(map: YamlMap, name: string): YamlPair | null {
  for (const pair of map.pairs()) {
    if (pair.key.kind === 'scalar' && pair.key.value === name) return pair;
  }
  return null;
}
