import type { CST } from 'yaml';

/** Anchor and tag before a value. */
export interface Marks {
  readonly anchor: string | null;
  readonly marked: boolean;
  /** Where the first anchor or tag starts, and the last one ends. */
  readonly start: number | null;
  readonly end: number | null;
}

/** Finds anchor and tag among the tokens before a value. */
export function readMarks(tokens: readonly CST.SourceToken[]): Marks {
  let anchor: string | null = null;
  let start: number | null = null;
  let end: number | null = null;
  for (const token of tokens) {
    if (token.type !== 'anchor' && token.type !== 'tag') continue;
    if (token.type === 'anchor') anchor = token.source.slice(1);
    start ??= token.offset;
    end = token.offset + token.source.length;
  }
  return { anchor, marked: start !== null, start, end };
}
