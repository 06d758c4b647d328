/** Decodes UTF-8 without its byte order mark; null where the bytes are not UTF-8. */
export function decodeText(bytes: Buffer): string | null {
  const text = bytes.toString('utf8');
  // Decoding puts U+FFFD where bytes are wrong, but a text may also hold one of its own.
  if (text.includes('\ufffd') && !Buffer.from(text, 'utf8').equals(bytes)) return null;
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
