import type { CST } from 'yaml';
import type { YamlRefusal } from '../../../shared/errors.ts';
import type { ValueToken } from './token-extent.ts';

/** Told of what is wrong in the parts that are built. */
export type OnProblem = (code: YamlRefusal['code'], offset: number, detail: string) => void;

/**
 * Those of YAML's rules for a block mapping's pair that the library's parser leaves to its composer, as far as a
 * slip of an edit could break them.
 */
export function checkBlockPair(item: CST.CollectionItem, map: CST.BlockMap, onProblem: OnProblem): void {
  const { start, key, sep, value } = item;
  if (start.some((part) => part.type === 'explicit-key-ind')) return;
  const problem = (detail: string): void => onProblem('invalid-yaml', key?.offset ?? map.offset, detail);
  if (key && 'indent' in key && key.indent !== map.indent) problem('BAD_INDENT');
  if (key && 'source' in key && key.source.includes('\n')) problem('MULTILINE_IMPLICIT_KEY');
  const colon = sep?.findIndex((part) => part.type === 'map-value-ind') ?? -1;
  if (sep === undefined || colon === -1) problem('MISSING_CHAR');
  else if (value && sep[colon + 1] === undefined) problem('MISSING_CHAR');
  else if (value?.type === 'block-map' && !sep.slice(colon).some((part) => part.type === 'newline')) {
    problem('BLOCK_AS_IMPLICIT_KEY');
  }
}

/** Tells of anything but white space and comments that the parser found after a value on its line. */
export function checkEnd(token: ValueToken, onProblem: OnProblem): void {
  if (!('end' in token)) return;
  const rest = token.type === 'flow-collection' ? token.end.slice(1) : token.end;
  const stray = rest.find(({ type }) => type !== 'space' && type !== 'newline' && type !== 'comment');
  if (stray !== undefined) onProblem('invalid-yaml', stray.offset, 'UNEXPECTED_TOKEN');
  if (rest[0]?.type === 'comment') onProblem('invalid-yaml', rest[0].offset, 'MISSING_CHAR');
}
