import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkEdit } from './check-edit.ts';
import { documentOf, entriesOf } from './editing.test-data.ts';
import { editSection } from './edit-section.ts';
import type { SectionEdit, SectionOrigin } from './section.ts';

const ADD: SectionEdit = {
  op: 'add',
  entry: { apiKey: 'k', prefix: 'p-', baseUrl: 'https://x', models: ['m'] },
};
const NEW_LINES = `- api-key: "k"
  prefix: "p-"
  base-url: "https://x"
  proxy-url: ""
  models:
    - name: "m"
      alias: ""
`;
const NEW_FLOW =
  '{"api-key": "k", "prefix": "p-", "base-url": "https://x", "proxy-url": "", "models": [{"name": "m", "alias": ""}]}';

const lines = (column: number, text = NEW_LINES): string =>
  text.replace(/^/gm, ' '.repeat(column)).replace(/ +$/, '');

function edit(text: string, edits: readonly SectionEdit[], origin: SectionOrigin | null = null) {
  const before = documentOf(text);
  const result = editSection(before, edits, origin);
  if (result.ok) expect(checkEdit(before, edits, result.value.text)).toBeNull();
  return result;
}

function textOf(result: ReturnType<typeof edit>): string {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value.text;
}

describe('editSection writes a new entry', () => {
  it.each([
    ['as a section at the end', 'port: 1\n\n# end\n', `port: 1\n\n# end\nclaude-api-key:\n${lines(2)}`],
    ['before the end marker', 'port: 1\n...\n', `port: 1\nclaude-api-key:\n${lines(2)}...\n`],
    ['without a final line break', 'port: 1', `port: 1\nclaude-api-key:\n${lines(2)}`.replace(/\n$/, '')],
    ['into an empty file', '', `claude-api-key:\n${lines(2)}`],
    ['into null', 'claude-api-key: ~ # c\nport: 1\n', `claude-api-key: # c\n${lines(2)}port: 1\n`],
    [
      'below comments',
      'claude-api-key:\n  # c\n\n# port\nport: 1\n',
      `claude-api-key:\n  # c\n${lines(2)}\n# port\nport: 1\n`,
    ],
    ['into []', 'claude-api-key: []\n', `claude-api-key:\n${lines(2)}`],
    ['into [] with a comment', 'claude-api-key: [ # c\n ]\n', `claude-api-key: [${NEW_FLOW} # c\n ]\n`],
    ['without indentation', 'claude-api-key:\n- a: 1\n# c\n', `claude-api-key:\n- a: 1\n${NEW_LINES}# c\n`],
    [
      'below the list’s own comments',
      'claude-api-key:\n  - a: 1\n  # c\n# d\n',
      `claude-api-key:\n  - a: 1\n  # c\n${lines(2)}# d\n`,
    ],
    [
      'as far behind the dash',
      'claude-api-key:\n -   a: 1\n',
      `claude-api-key:\n -   a: 1\n${lines(1, NEW_LINES.replace('- a', '-   a').replace(/^ {2}/gm, '    '))}`,
    ],
    [
      'on the line of a flow list',
      'claude-api-key: [{a: 1}] # c\n',
      `claude-api-key: [{a: 1}, ${NEW_FLOW}] # c\n`,
    ],
    ['before a trailing comma', 'claude-api-key: [{a: 1}, ]\n', `claude-api-key: [{a: 1}, ${NEW_FLOW}, ]\n`],
    [
      'on a line of its own',
      'claude-api-key: [\n   {a: 1} # c\n  ]\n',
      `claude-api-key: [\n   {a: 1}, # c\n   ${NEW_FLOW}\n  ]\n`,
    ],
    ['into a flow root', '{port: 1}\n', `{port: 1, "claude-api-key": [${NEW_FLOW}]}\n`],
    ['with CRLF', 'port: 1\r\n', `port: 1\nclaude-api-key:\n${lines(2)}`.replaceAll('\n', '\r\n')],
  ])('%s', (_what, before, after) => {
    expect(textOf(edit(before, [ADD]))).toBe(after);
  });
});

describe('editSection changes an entry', () => {
  const set = { apiKey: 'K', prefix: 'P', baseUrl: 'B' };
  it.each([
    [
      'in any style of scalar',
      "- api-key: k # c\n  prefix: 'p'\n  base-url: >- # d\n    b\n\n    b\n",
      '- api-key: "K" # c\n  prefix: "P"\n  base-url: "B" # d\n',
    ],
    [
      'where nothing stands',
      '- api-key:   # c\n  prefix: ~\n  base-url:\n',
      '- api-key: "K"   # c\n  prefix: "P"\n  base-url: "B"\n',
    ],
    [
      'where fields lack',
      '-  api-key: k # c\n   # d\n   priority: 1\n',
      '-  api-key: "K" # c\n   prefix: "P"\n   base-url: "B"\n   # d\n   priority: 1\n',
    ],
    ['after its prefix', '- prefix: p\n  api-key: k\n', '- prefix: "P"\n  base-url: "B"\n  api-key: "K"\n'],
    [
      'in flow style',
      '- {api-key: k, priority: 1}\n',
      '- {api-key: "K", prefix: "P", base-url: "B", priority: 1}\n',
    ],
    ['in JSON style', '- {"api-key":"k"}\n', '- {"api-key":"K", "prefix": "P", "base-url": "B"}\n'],
    [
      'below its dash',
      '- # c\n    api-key: k\n',
      '- # c\n    api-key: "K"\n    prefix: "P"\n    base-url: "B"\n',
    ],
  ])('%s', (_what, before, after) => {
    const edits: SectionEdit[] = [{ op: 'update', index: 0, set, models: [] }];
    expect(textOf(edit(`claude-api-key:\n${before}port: 1\n`, edits))).toBe(
      `claude-api-key:\n${after}port: 1\n`,
    );
  });

  it.each([
    [
      'makes a list at the end',
      '- a: 1\n  b: 2 # c\n',
      '- a: 1\n  b: 2 # c\n  models:\n    - name: "M"\n      alias: ""\n',
    ],
    [
      'makes a list of null',
      '- models: # c\n  b: 2\n',
      '- models: # c\n    - name: "M"\n      alias: ""\n  b: 2\n',
    ],
    ['makes a list in flow style', '- {a: 1}\n', '- {a: 1, models: [{"name": "M", "alias": ""}]}\n'],
    [
      'appends in the list’s style',
      '- models:\n  -   name: a\n  b: 2\n',
      '- models:\n  -   name: a\n  -   name: "M"\n      alias: ""\n  b: 2\n',
    ],
    [
      'appends in a flow list',
      '- models: [{name: a}]\n',
      '- models: [{name: a}, {"name": "M", "alias": ""}]\n',
    ],
  ])('and %s', (_what, before, after) => {
    const edits: SectionEdit[] = [{ op: 'update', index: 0, set: {}, models: [{ op: 'add', name: 'M' }] }];
    expect(textOf(edit(`claude-api-key:\n${before}`, edits))).toBe(`claude-api-key:\n${after}`);
  });

  it('and leaves an empty list where its last model goes', () => {
    const edits: SectionEdit[] = [{ op: 'update', index: 0, set: {}, models: [{ op: 'remove', index: 0 }] }];
    const text = 'claude-api-key:\n- models: # c\n  # d\n  - name: a # e\n    alias: x\n  # f\n  b: 1\n';
    expect(textOf(edit(text, edits))).toBe('claude-api-key:\n- models: [] # c\n  # d\n  # f\n  b: 1\n');
  });
});

describe('editSection, when the last entry goes,', () => {
  const remove: SectionEdit = { op: 'remove', index: 0 };
  const absent = { kind: 'absent', lead: '' } as const;
  it.each([
    ['takes the key along', absent, 'port: 1\nclaude-api-key:\n  - a: 1\nhost: ""\n', 'port: 1\nhost: ""\n'],
    ['keeps the line break before it', absent, 'port: 1\nclaude-api-key:\n  - a: 1', 'port: 1\n'],
    [
      'takes the line break that it brought',
      { kind: 'absent', lead: '\n' },
      'port: 1\nclaude-api-key:\n  - a: 1',
      'port: 1',
    ],
    [
      'keeps what others appended',
      { kind: 'absent', lead: '\n' },
      'port: 1\nclaude-api-key:\n  - a: 1\nhost: ""\n',
      'port: 1\nhost: ""\n',
    ],
    [
      'keeps others’ comment at the key',
      absent,
      'claude-api-key: # c\n  - a: 1\n',
      'claude-api-key: [] # c\n',
    ],
    [
      'keeps others’ comment above the entry',
      absent,
      'claude-api-key:\n  # c\n  - a: 1\n',
      'claude-api-key: []\n  # c\n',
    ],
    [
      'keeps others’ comment below the entry',
      absent,
      'claude-api-key:\n  - a: 1\n  # c\n',
      'claude-api-key: []\n  # c\n',
    ],
    ['takes out a flow list that others made', absent, 'claude-api-key: [{a: 1}]\nport: 1\n', 'port: 1\n'],
    [
      'keeps others’ comment in a flow list',
      absent,
      'claude-api-key: [{a: 1}] # c\n',
      'claude-api-key: [] # c\n',
    ],
    ['takes the pair out of a flow root', absent, '{port: 1, "claude-api-key": [{a: 1}]}', '{port: 1}'],
    [
      'puts [] back',
      { kind: 'empty', text: ' [ ]' },
      'claude-api-key: # c\n  - a: 1\n',
      'claude-api-key: [ ] # c\n',
    ],
    [
      'puts nothing back',
      { kind: 'empty', text: '' },
      'claude-api-key: # c\n  - a: 1\n  # d\n',
      'claude-api-key: # c\n  # d\n',
    ],
    [
      'puts [] into a list that it found filled',
      { kind: 'entries' },
      'claude-api-key:\n- a: 1\n',
      'claude-api-key: []\n',
    ],
    ['puts [] where it knows nothing', null, 'claude-api-key:\n- a: 1\n', 'claude-api-key: []\n'],
    [
      'empties a flow list',
      null,
      'claude-api-key: [ # c\n  {a: 1}, # d\n  ]\n',
      'claude-api-key: [ # c\n  ]\n',
    ],
  ] as const)('%s', (...[, origin, before, after]) => {
    expect(edit(before, [remove], origin)).toEqual({ ok: true, value: { text: after, origin: null } });
  });

  it('remembers how the section stood until then', () => {
    const kinds = ['port: 1', 'claude-api-key: ~', 'claude-api-key: [{a: 1}]'].map((text) =>
      edit(text, [ADD]),
    );
    expect(kinds.map((result) => result.ok && result.value.origin)).toEqual([
      { kind: 'absent', lead: '\n' },
      { kind: 'empty', text: ' ~' },
      { kind: 'entries' },
    ]);
    const anew = edit('port: 1', [ADD], { kind: 'entries' });
    expect(anew.ok && anew.value.origin).toEqual({ kind: 'absent', lead: '\n' });
    const kept = edit('claude-api-key:\n- a: 1\n- b: 1\n', [remove], absent);
    expect(kept.ok && kept.value.origin).toEqual(absent);
  });
});

describe('editSection with real configurations', () => {
  it.each(['cliproxyapi/config.example.yaml', 'ccs-home/.ccs/cliproxy/config.yaml'])('edits %s', (path) => {
    const text = readFileSync(new URL(`../../testing/fixtures/${path}`, import.meta.url), 'utf8');
    const count = entriesOf(text).length;
    const added = edit(text, [ADD, ADD]);
    if (!added.ok) throw new Error(added.error.detail);
    const both: SectionEdit[] = [0, 1].map((at) => ({ op: 'remove', index: count + at }));
    expect(textOf(edit(added.value.text, both, added.value.origin))).toBe(text);
    for (let index = 0; index < count; index++) {
      const once = textOf(edit(text, [{ op: 'update', index, set: { prefix: 'p-' }, models: [] }]));
      expect(once.replace('    prefix: "p-"\n', '')).toBe(text);
      textOf(edit(text, [{ op: 'remove', index }]));
    }
  });
});

describe('editSection refuses', () => {
  const update: SectionEdit = { op: 'update', index: 0, set: { prefix: 'p' }, models: [] };
  it.each([
    ['an anchored section', 'port: 1\nclaude-api-key: &s\n- a: 1\n', ADD, 2, 'anchor'],
    ['an aliased section', 'x: &s []\nclaude-api-key: *s\n', ADD, 2, 'anchor'],
    ['a tagged section', 'claude-api-key: !!seq []\n', ADD, 1, 'anchor'],
    ['a merged section', 'x: &s {claude-api-key: [{a: 1}]}\n<<: *s\n', ADD, 1, 'merge-key'],
    ['a section behind a question mark', 'port: 1\n? claude-api-key\n: - a: 1\n', ADD, 2, 'explicit-key'],
    ['a section without a colon', '{port: 1,\n claude-api-key}\n', ADD, 2, 'no-colon'],
    ['to update an anchored entry', 'claude-api-key:\n- &e\n  a: 1\n', update, 2, 'anchor'],
    [
      'to update an entry with an alias',
      'x: &x 1\nclaude-api-key:\n- a: 1\n  b: [*x]\n',
      update,
      3,
      'anchor',
    ],
    ['to update an entry with a merge key', 'x: &x {a: 1}\nclaude-api-key:\n- <<: *x\n', update, 3, 'anchor'],
    ['to update an entry with a tag', 'claude-api-key:\n- prefix: !!str p\n', update, 2, 'anchor'],
    [
      'to take out an anchored entry',
      'claude-api-key:\n\n- a: &x 1\n',
      { op: 'remove', index: 0 },
      3,
      'anchor',
    ],
    [
      'to update an entry behind a question mark',
      'claude-api-key:\n- ? prefix\n  : p\n',
      update,
      2,
      'explicit-key',
    ],
    ['to update a pair without braces', 'claude-api-key: [\n  prefix: p ]\n', update, 2, 'single-pair'],
    ['to update a word', 'claude-api-key:\n- words\n', update, 2, 'not-a-mapping'],
  ] as const)('%s', (...[, text, change, line, detail]) => {
    expect(edit(text, [change])).toMatchObject({ ok: false, error: { code: 'indirect', line, detail } });
  });

  it.each(['claude-api-key:\n  a: 1\n', 'claude-api-key: words\n'])(
    'a section that is no list: %j',
    (text) => {
      expect(edit(text, [ADD])).toMatchObject({ ok: false, error: { code: 'section-not-list' } });
    },
  );

  it('nothing because of anchors in entries that stay as they are', () => {
    const text = 'claude-api-key:\n- &x {a: 1}\n- *x\n- api-key: k\n';
    expect(textOf(edit(text, [{ op: 'remove', index: 2 }]))).toBe('claude-api-key:\n- &x {a: 1}\n- *x\n');
    expect(textOf(edit(text, [{ ...update, index: 2 }, ADD]))).toBe(
      `claude-api-key:\n- &x {a: 1}\n- *x\n- api-key: k\n  prefix: "p"\n${NEW_LINES}`,
    );
  });
});
