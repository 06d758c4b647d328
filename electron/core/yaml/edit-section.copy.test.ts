import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import { checkEdit } from './check-edit.ts';
import { documentOf, entriesOf } from './editing.test-data.ts';
import { editSection } from './edit-section.ts';
import { EMPTY_SECTIONS, FILLED_SECTIONS } from './layouts.test-data.ts';
import { drawConfig, drawing } from './random-config.test-data.ts';
import type { SectionEdit } from './section.ts';
import { validateYaml } from './validate-yaml.ts';

function edit(text: string, edits: readonly SectionEdit[]): string {
  const before = documentOf(text);
  const result = editSection(before, edits, null);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const after = result.value.text;
  expect(validateYaml(after), after).toBeNull();
  expect(checkEdit(before, edits, after), after).toBeNull();
  return after;
}

const SOURCE = documentOf(`claude-api-key:
    # above
    -   api-key: sk-test-c # the key
        # about headers
        headers: {
          X-A: "1" }
        priority: 5
        note: |
          some
            text

    # below
`);

const copy: SectionEdit = { op: 'copy', source: SOURCE, sourceIndex: 0 };
const fields = (...names: string[]): SectionEdit => {
  return { op: 'copy-fields', index: 0, source: SOURCE, sourceIndex: 0, fields: names };
};

describe('copying an entry', () => {
  it('keeps its comments and moves it to the list’s indentation', () => {
    expect(edit('claude-api-key:\n- a: 1\nport: 1\n', [copy])).toBe(`claude-api-key:
- a: 1
-   api-key: sk-test-c # the key
    # about headers
    headers: {
      X-A: "1" }
    priority: 5
    note: |
      some
        text
port: 1
`);
  });

  it('makes the section where there is none', () => {
    expect(edit('port: 1\r\n', [copy])).toMatch(
      /^port: 1\r\nclaude-api-key:\r\n {2}- {3}api-key: sk-test-c # the key\r\n/,
    );
  });

  it('turns it into one line for a flow list', () => {
    expect(edit('claude-api-key: [{a: 1}]\n', [copy])).toBe(
      'claude-api-key: [{a: 1}, {"api-key": "sk-test-c", "headers": {"X-A": "1"}, "priority": 5, "note": "some\\u000A  text\\u000A"}]\n'.replace(
        '"sk-test-c"',
        'sk-test-c',
      ),
    );
  });

  it('keeps flow text in a block', () => {
    const source = documentOf('claude-api-key: [{a: 1,\n b: 2 }, c: 3]\n');
    const edits = [0, 1].map((sourceIndex): SectionEdit => ({ op: 'copy', source, sourceIndex }));
    expect(edit('claude-api-key:\n    - a: 1\n', edits)).toBe(
      'claude-api-key:\n    - a: 1\n    - {a: 1,\n      b: 2 }\n    - {c: 3}\n',
    );
  });

  it('is refused where it bears an anchor', () => {
    const source = documentOf('x: &x 1\nclaude-api-key:\n- a: *x\n');
    const result = editSection(documentOf(''), [{ op: 'copy', source, sourceIndex: 0 }], null);
    expect(result).toMatchObject({ ok: false, error: { code: 'indirect', line: 3 } });
  });
});

describe('copying fields of an entry', () => {
  it('adds those that lack, with the comments above them', () => {
    const text = 'claude-api-key:\n- priority: 6\n  api-key: k # c\n# d\n';
    expect(edit(text, [fields('headers', 'priority', 'note', 'no-such')])).toBe(`claude-api-key:
- priority: 6
  api-key: k # c
  # about headers
  headers: {
    X-A: "1" }
  note: |
    some
      text
# d
`);
  });

  it('writes them as flow in a flow mapping', () => {
    expect(edit('claude-api-key: [{api-key: k}]\n', [fields('headers', 'priority', 'note')])).toBe(
      'claude-api-key: [{api-key: k, headers: {\n                  X-A: "1" }, priority: 5, note: "some\\u000A  text\\u000A"}]\n',
    );
  });

  it('goes together with an update of the same entry', () => {
    const update: SectionEdit = {
      op: 'update',
      index: 0,
      set: { prefix: 'p' },
      models: [{ op: 'add', name: 'm' }],
    };
    expect(edit('claude-api-key:\n- api-key: k', [update, fields('priority')])).toBe(
      'claude-api-key:\n- api-key: k\n  prefix: "p"\n  models:\n    - name: "m"\n      alias: ""\n  priority: 5',
    );
  });
});

describe('copying from every layout into every layout', () => {
  const targets = { ...EMPTY_SECTIONS, ...FILLED_SECTIONS };
  it.each(Object.entries(FILLED_SECTIONS))('%s', (_name, text) => {
    const source = documentOf(text);
    for (const target of Object.values(targets)) {
      const edits = [0, 1].map((sourceIndex): SectionEdit => ({ op: 'copy', source, sourceIndex }));
      expect(entriesOf(edit(target, edits))).toEqual([...entriesOf(target), ...entriesOf(text)]);
    }
  });

  it('and between random ones', () => {
    fc.assert(
      fc.property(fc.gen(), (generate) => {
        const draw = drawing(generate);
        // A scalar that keeps its last line breaks takes in blank lines that follow its new place.
        const from = drawConfig(draw).text.replaceAll('|+', '|');
        const to = drawConfig(draw).text;
        const entries = entriesOf(from);
        const source = documentOf(from);
        const edits = entries.map((_entry, sourceIndex): SectionEdit => ({
          op: 'copy',
          source,
          sourceIndex,
        }));
        const after = edit(to, edits);
        expect(entriesOf(after), after).toEqual([...entriesOf(to), ...entries]);
        fc.pre(entriesOf(to).length > 0 && entries.length > 0);
        const names = Object.keys(entries[0] ?? {}).filter(
          (name) => !Object.keys(entriesOf(to)[0] ?? {}).includes(name),
        );
        const completed = edit(to, [{ op: 'copy-fields', index: 0, source, sourceIndex: 0, fields: names }]);
        const value = parse(completed, { merge: true }) as { 'claude-api-key': unknown[] };
        expect(value['claude-api-key'][0], completed).toEqual({ ...entries[0], ...entriesOf(to)[0] });
      }),
      { numRuns: rounds(300, 10_000) },
    );
  });
});
