import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import { composeYaml } from './compose-yaml.ts';
import { readPlainYaml } from './plain-yaml.ts';

const FIXTURE = new URL('../../testing/fixtures/ccs-home/.ccs/config.yaml', import.meta.url);

describe('the quick reader of plain YAML', () => {
  it("reads CCS's own config.yaml as the library does", () => {
    const text = readFileSync(FIXTURE, 'utf8');
    const value = readPlainYaml(text);
    expect(value).toBeDefined();
    expect(composeYaml(text)).toEqual({ ok: true, value });
  });

  it.each([
    'a: &x 1\nb: *x\n',
    'a: |\n  text\n',
    'a: b\n  c\n',
    'a: 1\na: 2\n',
    'a: {b: 1}\n',
    'a:\n\t- b\n',
    'a: 0x1f\n',
    'a: 1e3\n',
    'null: 1\n',
    '__proto__:\n  a: 1\n',
    'a: b: c\n',
    'a: [\n',
    '  a: 1\nb: 2\n',
    'a:\n    b: 1\n  c: 2\n',
    'a: b\n--- \nc: d\n',
    'a: "x\\n"\n',
    'a: b\r\n',
    '- a\n',
    '# nothing\n',
    '',
  ])('leaves %j to the library', (text) => expect(readPlainYaml(text)).toBeUndefined());

  it('never reads anything but what the library reads', () => {
    let read = 0;
    fc.assert(
      fc.property(
        plainText(),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), oddPiece()), { maxLength: 3 }),
        (text, damages) => {
          for (const [position, removed, piece] of damages) {
            const start = position % (text.length + 1);
            text = text.slice(0, start) + piece + text.slice(start + removed);
          }
          const value = readPlainYaml(text);
          if (value === undefined) return;
          read++;
          expect(composeYaml(text)).toEqual({ ok: true, value });
        },
      ),
      { numRuns: rounds(3_000, 100_000) },
    );
    expect(read).toBeGreaterThan(300);
  });

  it('reads most of what CCS would write', () => {
    const texts = fc.sample(plainText(), 200);
    expect(texts.filter((text) => readPlainYaml(text) !== undefined).length).toBeGreaterThan(80);
  });
});

function oddPiece(): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...[
      '',
      '\n',
      '\n  ',
      ' ',
      '  ',
      ': ',
      ':',
      '- ',
      '-',
      ' #',
      '#',
      '"',
      "'",
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a ',
      '*a',
      '!t ',
    ],
    ...[
      '|',
      '>',
      '%',
      '@',
      '`',
      '?',
      '? ',
      '\t',
      '\r',
      '\ufeff',
      'é',
      '<<: ',
      '0x',
      '012',
      '.5',
      'e3',
      '~',
      'null',
      'True',
      '---\n',
      '...\n',
    ],
  );
}

/** YAML such as CCS writes: mappings of mappings, scalars and lists of scalars. */
function plainText(): fc.Arbitrary<string> {
  const key = fc.stringMatching(/^[a-z][a-z0-9._-]{0,6}$/);
  const scalar = fc.oneof(
    fc.constantFrom(
      'true',
      'false',
      'null',
      '',
      '""',
      "''",
      '{}',
      '[]',
      '0',
      '8317',
      '1h',

      '"a: b # c"',
      "'x'",
      'a b',
      '~',
    ),
    fc.stringMatching(/^[A-Za-z~/][A-Za-z0-9/.:_-]{0,8}[a-z0-9]$/),
  );
  const item = scalar.filter((text) => text !== '');
  const { map } = fc.letrec((tie) => ({
    map: fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 4 }),
    node: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(item, { minLength: 1, maxLength: 3 }),
      tie('map'),
    ),
  }));
  const style = fc.record({ listIndent: fc.constantFrom('', '  '), comment: fc.constantFrom('', ' # why') });
  return fc.tuple(map, style).map(([value, one]) => write(value as Mapping, '', one));
}

interface Mapping {
  readonly [key: string]: unknown;
}

function write(
  value: Mapping,
  indent: string,
  style: { readonly listIndent: string; readonly comment: string },
): string {
  return Object.entries(value)
    .map(([key, inner]) => {
      if (typeof inner === 'string') return `${indent}${key}: ${inner}${style.comment}\n\n`;
      const head = `${indent}${key}:${style.comment}\n`;
      if (!Array.isArray(inner)) return head + write(inner as Mapping, `${indent}  `, style);
      return head + inner.map((item) => `${indent}${style.listIndent}- ${String(item)}\n`).join('');
    })
    .join('');
}
