/** A value of a JSON text, with its exact place. Offsets are UTF-16 code units from 0; `end` is exclusive. */
export interface JsonPlace {
  readonly kind: 'object' | 'array' | 'string' | 'other';
  readonly start: number;
  readonly end: number;
  /** In the order of the text, those of an object only; a name that stands twice is there twice. */
  readonly members: readonly JsonMemberPlace[];
  /** Of an array only. */
  readonly items: readonly JsonPlace[];
}

export interface JsonMemberPlace {
  /** Decoded. */
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly value: JsonPlace;
}

/** How deep a text may be nested; none that a person wrote is. */
const MAX_DEPTH = 200;

/** Finds every value of a text that `JSON.parse` takes (what stands before it, a byte order mark, is skipped); null
 * where it is nested too deeply. Of a text that is no JSON the result says nothing. */
export function locateJson(text: string): JsonPlace | null {
  const scanner: Scanner = {
    text,
    string: /"(?:[^"\\]|\\.)*"/y,
    literal: /[^\s,\]}]+/y,
    space: /[\s\ufeff]*/y,
  };
  return placeAt(scanner, after(scanner.space, text, 0), 0);
}

/** The member of this name that counts, as for `JSON.parse`: the last one. */
export function memberOf(place: JsonPlace, name: string): JsonMemberPlace | null {
  return place.members.filter((member) => member.name === name).at(-1) ?? null;
}

interface Scanner {
  readonly text: string;
  readonly string: RegExp;
  readonly literal: RegExp;
  readonly space: RegExp;
}

function placeAt(scanner: Scanner, start: number, depth: number): JsonPlace | null {
  const { text, string, literal } = scanner;
  const empty = { members: [], items: [] };
  switch (text.charAt(start)) {
    case '{':
    case '[':
      return depth === MAX_DEPTH ? null : collectionAt(scanner, start, depth);
    case '"':
      return { kind: 'string', start, end: after(string, text, start), ...empty };
    default:
      return { kind: 'other', start, end: after(literal, text, start), ...empty };
  }
}

function collectionAt(scanner: Scanner, start: number, depth: number): JsonPlace | null {
  const { text, string, space } = scanner;
  const isObject = text.charAt(start) === '{';
  const members: JsonMemberPlace[] = [];
  const items: JsonPlace[] = [];
  let at = after(space, text, start + 1);
  while (at < text.length && text.charAt(at) !== '}' && text.charAt(at) !== ']') {
    const nameStart = at;
    const nameEnd = isObject ? after(string, text, at) : at;
    // From the name over the colon to the value.
    if (isObject) at = after(space, text, after(space, text, nameEnd) + 1);
    const value = placeAt(scanner, at, depth + 1);
    if (value === null) return null;
    if (isObject) {
      const name = JSON.parse(text.slice(nameStart, nameEnd)) as string;
      members.push({ name, nameStart, nameEnd, value });
    } else items.push(value);
    at = after(space, text, value.end);
    if (text.charAt(at) === ',') at = after(space, text, at + 1);
  }
  return { kind: isObject ? 'object' : 'array', start, end: at + 1, members, items };
}

/** Where the pattern's match at `position` ends; `position` itself where it does not match. */
function after(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : position;
}
