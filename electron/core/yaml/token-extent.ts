import type { CST } from 'yaml';

export type ValueToken =
  CST.FlowScalar | CST.BlockScalar | CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

export function isValueToken(token: CST.Token): token is ValueToken {
  switch (token.type) {
    case 'alias':
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'block-scalar':
    case 'block-map':
    case 'block-seq':
    case 'flow-collection':
      return true;
    default:
      return false;
  }
}

/**
 * Where a token's content ends, without the white space and comments that the parser hangs on it. Follows only
 * the last item of each level, so that mappings nobody asks for are never built.
 */
export function tokenEnd(token: ValueToken): number {
  switch (token.type) {
    case 'block-scalar':
      return blockContentStart(token) + token.source.length;
    case 'flow-collection':
      return (token.end[0]?.offset ?? token.offset) + 1;
    case 'block-map':
    case 'block-seq':
      for (let index = token.items.length - 1; index >= 0; index--) {
        const item = token.items[index];
        const end = item === undefined ? null : itemEnd(item);
        if (end !== null) return end;
      }
      return token.offset;
    default:
      return token.offset + token.source.length;
  }
}

/** Where a block scalar's header line is over. */
export function blockContentStart(token: CST.BlockScalar): number {
  const last = token.props[token.props.length - 1];
  return last !== undefined && 'source' in last ? last.offset + last.source.length : token.offset;
}

/** Where an item of a collection ends; `null` for one that is only white space and comments. */
export function itemEnd(item: CST.CollectionItem): number | null {
  if (item.value) return anyEnd(item.value);
  const separator = lastMark(item.sep ?? []);
  if (separator !== null) return separator;
  if (item.key) return anyEnd(item.key);
  return lastMark(item.start);
}

/** The end of a value, or of what the parser could make no value of. */
function anyEnd(token: CST.Token): number {
  return isValueToken(token) ? tokenEnd(token) : token.offset + 1;
}

/** The end of the last token that is more than white space, comments and commas. */
function lastMark(tokens: readonly CST.SourceToken[]): number | null {
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    if (token !== undefined && isMark(token)) return token.offset + token.source.length;
  }
  return null;
}

function isMark({ type }: CST.SourceToken): boolean {
  return type !== 'space' && type !== 'newline' && type !== 'comment' && type !== 'comma';
}
