/**
 * Writes a string as a double-quoted YAML scalar of printable ASCII. CLIProxyAPI's parser refuses the whole file
 * for a DEL, U+0080 or U+FFFE that stands unescaped, and an escaped surrogate pair: what lies beyond the basic
 * plane is written `\UXXXXXXXX`. A lone surrogate, which no YAML can carry, becomes U+FFFD.
 */
export function quoteScalar(value: string): string {
  return `"${value.replace(/[^ !#-[\]-~]/gu, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x7f) return '\\x7F';
  if (code >= 0xd800 && code <= 0xdfff) return '\\uFFFD';
  const hex = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
