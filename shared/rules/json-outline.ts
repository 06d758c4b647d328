/** A member of the root object, or of the object that is its `env`. */
export interface JsonMember {
  /** `['env']`, `['env', 'ANTHROPIC_MODEL']`. */
  readonly path: readonly string[];
  /** The line of its name, from 1. */
  readonly line: number;
}

export interface JsonOutline {
  /** The line of the first character that is not JSON, from 1; null in a text that is JSON. */
  readonly faultLine: number | null;
  /** In the order of the text; a name that stands twice is there twice. */
  readonly members: readonly JsonMember[];
}

type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

interface Container {
  readonly close: '}' | ']';
  /** The names that lead here; null where no member is to be noted. */
  readonly path: readonly string[] | null;
}

/**
 * Finds places in a settings file that `JSON.parse` does not tell: where a broken one breaks (its messages differ
 * between versions of Node, and quote text that may be a key), and which names stand twice.
 */
export function outlineJson(text: string): JsonOutline {
  const { space, string, literal } = tokens();
  const members: JsonMember[] = [];
  const open: Container[] = [];
  const at = lineCounter(text);
  let expected: Expected = 'value';
  let name: string | null = null;
  let position = skip(space, text, 0);
  const fault = (): JsonOutline => ({ faultLine: at(position), members });
  while (position < text.length) {
    const container = open.at(-1);
    const character = text.charAt(position);
    if (character === container?.close && expected.endsWith('-or-end')) {
      open.pop();
      expected = open.length === 0 ? 'nothing' : 'comma-or-end';
      position++;
    } else if (expected === 'comma-or-end' && character === ',') {
      expected = container?.close === '}' ? 'name' : 'value';
      position++;
    } else if (expected === 'colon' && character === ':') {
      expected = 'value';
      position++;
    } else if (expected === 'name' || expected === 'name-or-end') {
      const end = skip(string, text, position);
      if (end === position) return fault();
      name = JSON.parse(text.slice(position, end)) as string;
      if (container?.path) members.push({ path: [...container.path, name], line: at(position) });
      expected = 'colon';
      position = end;
    } else if (expected === 'value' || expected === 'value-or-end') {
      if (character === '{' || character === '[') {
        open.push({
          close: character === '{' ? '}' : ']',
          path: character === '{' ? innerPath(open, name) : null,
        });
        expected = character === '{' ? 'name-or-end' : 'value-or-end';
        position++;
      } else {
        const end = Math.max(skip(string, text, position), skip(literal, text, position));
        if (end === position) return fault();
        expected = open.length === 0 ? 'nothing' : 'comma-or-end';
        position = end;
      }
    } else {
      return fault();
    }
    position = skip(space, text, position);
  }
  return expected === 'nothing' ? { faultLine: null, members } : fault();
}

/** RFC 8259; made anew for each text, because a sticky pattern has a state. */
function tokens(): Readonly<Record<'space' | 'string' | 'literal', RegExp>> {
  return {
    space: /[ \t\n\r]*/y,
    string: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y,
    literal: /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y,
  };
}

function innerPath(open: readonly Container[], name: string | null): readonly string[] | null {
  if (open.length === 0) return [];
  return open.length === 1 && open[0]?.close === '}' && name === 'env' ? ['env'] : null;
}

/** Where the pattern's match at `position` ends; `position` itself where it does not match. */
function skip(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : position;
}

/** Tells lines of positions that only grow. */
function lineCounter(text: string): (position: number) => number {
  let line = 1;
  let counted = 0;
  return (position) => {
    for (let next = text.indexOf('\n', counted); next !== -1 && next < position;) {
      line++;
      counted = next + 1;
      next = text.indexOf('\n', counted);
    }
    return line;
  };
}
