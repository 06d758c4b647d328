import { describe, expect, it } from 'vitest';
import { documentOf } from './editing.test-data.ts';
import { readSection } from './read-section.ts';
import type { SectionEntry } from './section.ts';

function read(text: string): readonly SectionEntry[] {
  const section = readSection(documentOf(text));
  if (!section.ok) throw new Error(section.error.code);
  return section.value;
}

const NOTHING = { apiKey: '', prefix: '', baseUrl: '', proxyUrl: '', models: [], otherFields: [] };

describe('readSection', () => {
  it('reads every field as its text, and where each entry starts', () => {
    const [first, second] = read(
      `
claude-api-key:
  # first
  - api-key: 12345678901234567890
    prefix: 1e5
    base-url: "https:\\/\\/x"
    proxy-url: 'it''s'
    models:
      - name: 0x10
      - {name: b, alias: ~, display-name: B}
    priority: 5
    "headers": {}
  - {models: , proxy-url: null, prefix: '', api-key: "two

      lines"}
`,
    );
    expect(first).toEqual({
      index: 0,
      line: 4,
      apiKey: '12345678901234567890',
      prefix: '1e5',
      baseUrl: 'https://x',
      proxyUrl: "it's",
      models: [
        { name: '0x10', alias: '', extra: false },
        { name: 'b', alias: '', extra: true },
      ],
      otherFields: ['priority', 'headers'],
      malformed: false,
      indirect: false,
    });
    expect(second).toEqual({
      ...NOTHING,
      index: 1,
      line: 13,
      apiKey: 'two\nlines',
      malformed: false,
      indirect: false,
    });
  });

  it.each([
    '',
    'port: 1',
    'claude-api-key:',
    'claude-api-key: ~',
    'claude-api-key: []',
    'other:\n  claude-api-key: [a]\n',
  ])('reads no entries in %j', (text) => {
    expect(read(text)).toEqual([]);
  });

  it.each([
    ['a mapping', 'port: 1\nclaude-api-key:\n  a: 1\n', 3],
    ['a word', 'claude-api-key: none\n', 1],
    ['an empty string', 'port: 1\nclaude-api-key: ""\n', 2],
    ['an alias of a mapping', 'a: &a {b: 1}\nclaude-api-key: *a\n', 2],
  ])('refuses a section that is %s', (_what, text, line) => {
    expect(readSection(documentOf(text))).toMatchObject({
      ok: false,
      error: { code: 'section-not-list', line },
    });
  });

  it.each([
    ['a word', '- words'],
    ['nothing', '-'],
    ['a list', '- [a]'],
    ['a key that is a list', '- api-key: [a]'],
    ['a prefix that is a mapping', '- prefix: {a: 1}'],
    ['models that are a word', '- models: a'],
    ['a model that is a word', '- models: [a]'],
    ['a model whose name is a list', '- models: [{name: [a]}]'],
  ])('marks an entry as malformed that is or has %s', (_what, item) => {
    expect(read(`claude-api-key:\n${item}\n- api-key: a`).map((entry) => entry.malformed)).toEqual([
      true,
      false,
    ]);
  });

  it.each([
    ['an alias', 'x: &x {api-key: k, prefix: p}\nclaude-api-key:\n- *x\n', []],
    [
      'a merge key',
      'x: &x {prefix: p, priority: 1}\nclaude-api-key:\n- <<: *x\n  api-key: k\n',
      ['priority'],
    ],
    [
      'several merged',
      'x: &x {prefix: p}\ny: &y {prefix: q, api-key: k}\nclaude-api-key: [{<<: [*x, *y]}]\n',
      [],
    ],
    ['an anchored key', 'claude-api-key:\n- api-key: &k k\n  prefix: p\n', []],
    ['a field that is an alias', 'x: &p p\nclaude-api-key:\n- {api-key: k, prefix: *p }\n', []],
    ['a tag', 'claude-api-key:\n- !!map\n  api-key: k\n  prefix: !!str p\n', []],
    ['an anchor set twice', 'x: &x a\ny: &x p\nclaude-api-key: [{api-key: k, prefix: *x }]\nz: &x c\n', []],
  ])('follows %s and marks the entry as indirect', (_what, text, otherFields) => {
    const [entry] = read(text);
    expect(entry).toMatchObject({ apiKey: 'k', prefix: 'p', otherFields, indirect: true, malformed: false });
  });

  it('reads the entries of an anchored section as direct, and those of an aliased or merged section', () => {
    expect(read('claude-api-key: &s\n- api-key: k\n')).toMatchObject([{ apiKey: 'k', indirect: false }]);
    expect(read('x: &s [{api-key: k}]\nclaude-api-key: *s\n')).toMatchObject([{ apiKey: 'k' }]);
    expect(read('x: &s {claude-api-key: [{api-key: k}]}\n<<: *s\n')).toMatchObject([{ apiKey: 'k' }]);
  });

  it('is not led in circles by aliases of themselves', () => {
    expect(read('claude-api-key:\n- &a\n  <<: *a\n  api-key: k\n')).toMatchObject([
      { apiKey: 'k', indirect: true },
    ]);
    expect(read('a: *b\nclaude-api-key: [*c]\n')).toMatchObject([{ malformed: true, indirect: true }]);
  });
});
