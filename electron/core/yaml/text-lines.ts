import type { Position } from './yaml-tree.ts';

/** Makes the function that tells an offset's line and column; the lines are counted on its first call. */
export function positions(text: string): (offset: number) => Position {
  let starts: number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [afterMark(text)];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Where the text proper starts: after a byte order mark. */
export function afterMark(text: string): number {
  return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

/** The start of the line that holds the offset. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? afterMark(text) : Math.max(text.lastIndexOf('\n', offset - 1) + 1, afterMark(text));
}

/** How many characters stand before the offset on its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/**
 * The offset after the line break that ends the line of a content that ends at `offset`. The content of a block
 * scalar includes its last line break, so there it is the offset itself.
 */
export function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text.charCodeAt(offset - 1) === 10) return offset;
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

/** The offset of the line break that ends the line of `offset` (CRLF: of its first half), else the text's end. */
export function lineBreak(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return at > offset && text.charCodeAt(at - 1) === 13 ? at - 1 : at;
}

/**
 * Steps from a line start over the comment lines that are indented by at least `minimum` spaces, and over blank
 * lines between them; gives the end of the last such comment, or `from`.
 */
export function afterOwnComments(text: string, from: number, minimum: number): number {
  let end = from;
  let at = from;
  while (at < text.length) {
    let content = at;
    while (text.charCodeAt(content) === 32) content++;
    const code = text.charCodeAt(content);
    const isComment = code === 35 && content - at >= minimum;
    if (!isComment && code !== 10 && code !== 13) break;
    at = nextLine(text, content);
    if (isComment) end = at;
  }
  return end;
}

function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}
