import type { YamlRefusal } from '../../../shared/errors.ts';
import { positions } from './text-lines.ts';

/**
 * What CLIProxyAPI's parser (Go, yaml.v3) refuses in the whole file, and the `yaml` library lets pass in part.
 * A carriage return alone is a line break for the one and a character for the other, so it is refused too.
 */
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uD800-\uDFFF\uFFFE\uFFFF]|\r(?!\n)/u;

/** Refuses a text with a character that YAML forbids: code `control-character`, its code point as detail. */
export function refuseControlCharacters(text: string): YamlRefusal | null {
  const offset = text.search(FORBIDDEN);
  if (offset === -1) return null;
  const detail = `U+${text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0')}`;
  return { code: 'control-character', ...positions(text)(offset), detail };
}
