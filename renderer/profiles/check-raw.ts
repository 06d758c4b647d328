import { outlineJson } from '../../shared/rules/json-outline.ts';

/** What is wrong with a settings file's text; `line` counts from 1, null where it is no place. */
export type RawFault =
  | { readonly code: 'empty' }
  | { readonly code: 'not-json'; readonly line: number | null }
  | { readonly code: 'not-object' };

/** Checks the text while it is typed; whether markers stand where they stood is for the core to say. */
export function checkRaw(text: string): RawFault | null {
  if (text.trim() === '') return { code: 'empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { code: 'not-json', line: outlineJson(text).faultLine };
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? null : { code: 'not-object' };
}

/** The text as a field holds it: browsers keep only line feeds there. */
export function textForField(raw: string): string {
  return raw.replaceAll('\r\n', '\n');
}

/** The field's text as the file has it: with its own line ends, so that only what was typed differs. */
export function textForFile(text: string, raw: string): string {
  return raw.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

/** Where a line begins and ends in a text, as offsets; for the selection that leads to a fault. */
export function spanOfLine(text: string, line: number): { readonly start: number; readonly end: number } {
  const before = text.split('\n').slice(0, line - 1);
  const start = before.reduce((length, one) => length + one.length + 1, 0);
  const end = text.indexOf('\n', start);
  return { start, end: end === -1 ? text.length : end };
}
