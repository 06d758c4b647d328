import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../electron/testing/nightly.ts';
import { outlineJson } from './json-outline.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the outline of a settings file', () => {
  it.each([
    ['{\n  "env": {\n    "A": "x",\n  }\n}', 4],
    ['{\n  "env": {\n    "A": "x"\n    "B": "y"\n  }\n}', 4],
    ['{\n"a": 1\n', 3],
    ['{"a": tru}', 1],
    ['{"a": 01}', 1],
    ['{"a": "line\nbreak"}', 1],
    ['// comment\n{}', 1],
    ['{}\n\n{}', 3],
    ['', 1],
    ['[1,\n2,\n]', 3],
  ])('tells the line where %j breaks', (text, line) => expect(outlineJson(text).faultLine).toBe(line));

  it('lists members of the root and of env with their lines, doubled ones too', () => {
    const text = '{"env": {\n"A": "x",\n"A": {"env": 1}},\n"hooks": {"B": 2}, "env": []}';
    expect(outlineJson(text)).toEqual({
      faultLine: null,
      members: [
        { path: ['env'], line: 1 },
        { path: ['env', 'A'], line: 2 },
        { path: ['env', 'A'], line: 3 },
        { path: ['hooks'], line: 4 },
        { path: ['env'], line: 4 },
      ],
    });
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const valid = fc.json({ noUnicodeString: false, depthSize: 'medium' });
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"a"',
      '1',
      '-',
      '.5',
      'e3',
      'null',
      ' ',
      '\n',
    );
    const damaged = fc
      .tuple(valid, fc.nat(), fc.nat({ max: 3 }), fc.array(piece, { maxLength: 2 }))
      .map(([text, at, removed, put]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + put.join('') + text.slice(start + removed);
      });
    const text = fc.oneof(
      valid,
      damaged,
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (one) => {
        expect(outlineJson(one).faultLine === null).toBe(isJson(one));
      }),
      { numRuns: rounds(500, 20_000) },
    );
  });
});
