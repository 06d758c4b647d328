import { CST } from 'yaml';

export type ScalarToken = CST.FlowScalar | CST.BlockScalar;

/**
 * A scalar's value as a string: folded, unescaped, chomped as YAML says. Problems (an unknown escape, a missing
 * quote) are told to `onError` by the library's code only, because its messages quote the text.
 */
export function decodeScalar(token: ScalarToken, onError: (offset: number, code: string) => void): string {
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
