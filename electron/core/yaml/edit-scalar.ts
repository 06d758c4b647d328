import { insertion, replacement, type Splice } from './splice.ts';
import { lineEnd } from './text-lines.ts';
import type { YamlDocument, YamlPair, YamlScalar } from './yaml-tree.ts';

/**
 * Puts another scalar in the place of a pair's scalar value, whatever its style; a value that takes no character
 * is written after the colon. `written` is flow text, such as `quoteScalar` gives.
 */
export function replaceScalar(document: YamlDocument, pair: YamlPair, written: string): Splice[] {
  const { value } = pair;
  if (value.kind !== 'scalar') throw new Error('The value to replace is no scalar');
  if (value.style === 'block') return replaceBlockScalar(document, value, written);
  if (value.style !== 'empty') return [replacement(value.start, value.end, written)];
  if (pair.colonEnd === null) return [insertion(pair.key.end, `: ${written}`)];
  return [insertion(pair.colonEnd, ` ${written}`)];
}

/** The header gives way to the new value, the lines below go; a comment after the header stays. */
function replaceBlockScalar(
  { text }: YamlDocument,
  { start, end, block }: YamlScalar,
  written: string,
): Splice[] {
  if (block === null) throw new Error('A block scalar has a header');
  const contentEnd = lineEnd(text, end);
  const header = replacement(start, block.headerEnd, written);
  return contentEnd <= block.contentStart
    ? [header]
    : [header, replacement(block.contentStart, contentEnd, '')];
}
