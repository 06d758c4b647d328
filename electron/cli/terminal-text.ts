/** Text for one line on a terminal: parts of it may be coloured. */
export type Text = string | Painted;

export interface Painted {
  readonly color: Color;
  readonly text: string;
}

export type Color = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

const CODES: Readonly<Record<Color, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** A text to be shown in a colour where colours are wanted and can be seen. */
export function painted(color: Color, text: string): Painted {
  return { color, text };
}

/** One line as it is written, without its end: no escape sequence gets into it but those of our own colours. */
export function lineOf(parts: readonly Text[], colored: boolean): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return harmless(part);
      const [on, off] = CODES[part.color];
      return colored ? `\u001b[${on}m${harmless(part.text)}\u001b[${off}m` : harmless(part.text);
    })
    .join('');
}

/** JSON for people and programs alike: what a terminal could obey is escaped, which JSON.stringify does up to U+001F. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(COMMANDS_BUT_NEWLINE, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/**
 * File names and values may hold what a terminal obeys: control characters, line breaks that would fake a line of
 * ours, and marks that turn the direction of writing (Unicode TR 36).
 */
function harmless(text: string): string {
  return text.replace(COMMANDS, '\ufffd');
}

const COMMANDS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const COMMANDS_BUT_NEWLINE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
