import { CST } from 'yaml';
import { blockContentStart } from './token-extent.ts';
import type { OnProblem } from './token-problems.ts';
import type { YamlScalar } from './yaml-tree.ts';

export type ScalarToken = CST.FlowScalar | CST.BlockScalar;

/**
 * A scalar's value as a string: folded, unescaped, chomped as YAML says. Problems (an unknown escape, a missing
 * quote) are told to `onError` by the library's code only, because its messages quote the text.
 */
function decodeScalar(token: ScalarToken, onError: (offset: number, code: string) => void): string {
  const { source } = token;
  // Nearly every scalar is short, on one line and without escapes; the library's general way costs more.
  if (!source.includes('\n')) {
    if (token.type === 'scalar' && /^[\w/~]/.test(source)) return source;
    const body = source.slice(1, -1);
    const closed = source.length > 1 && source.endsWith(source[0] ?? '');
    if (closed && token.type === 'single-quoted-scalar' && !body.includes("'")) return body;
    if (closed && token.type === 'double-quoted-scalar' && !body.includes('\\')) return body;
  }
  return CST.resolveAsScalar(token, true, onError).value;
}

/** A scalar's own part of the view. */
export function readScalar(
  token: ScalarToken,
  onProblem: OnProblem,
): Pick<YamlScalar, 'style' | 'value' | 'isNull' | 'block'> {
  const value = decodeScalar(token, (offset, code) => onProblem('invalid-yaml', offset, code));
  switch (token.type) {
    case 'block-scalar': {
      const header = token.props[0];
      const headerEnd =
        token.offset + (header !== undefined && 'source' in header ? header.source.length : 1);
      const block = { headerEnd, contentStart: blockContentStart(token) };
      return { style: 'block', value, isNull: false, block };
    }
    case 'single-quoted-scalar':
      return { style: 'single', value, isNull: false, block: null };
    case 'double-quoted-scalar':
      return { style: 'double', value, isNull: false, block: null };
    default:
      return { style: 'plain', value, isNull: /^(?:~|null|Null|NULL)?$/.test(value), block: null };
  }
}
