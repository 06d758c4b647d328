import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import { checkEdit } from './check-edit.ts';
import { editOwnSection } from './edit-own-section.ts';
import { editSection } from './edit-section.ts';
import { type OwnSection, readOwnSection } from './own-section.ts';
import { parseYaml } from './parse-yaml.ts';
import { readSection } from './read-section.ts';
import type { SectionEdit, SectionEntry } from './section.ts';
import type { YamlDocument } from './yaml-tree.ts';

const COUNT = 40;
const ENTRY = { apiKey: 'sk-test-new', prefix: 'new-', baseUrl: 'https://new.example.com', models: ['new'] };

function read(text: string): YamlDocument {
  const document = parseYaml(text);
  if (!document.ok) throw new Error(document.error.code);
  return document.value;
}

function entriesOf(text: string): readonly SectionEntry[] {
  const entries = readSection(read(text));
  if (!entries.ok) throw new Error(entries.error.code);
  return entries.value;
}

/** A text to which `count` entries of ours were added. */
function withOwn(text: string, count = COUNT, first = 0): string {
  const edits = Array.from({ length: count }, (_, index): SectionEdit => ({
    op: 'add',
    entry: {
      apiKey: `sk-test-${first + index}`,
      prefix: `p${first + index}-`,
      baseUrl: index % 3 === 0 ? '' : `https://p${index}.example.com`,
      models: index % 2 === 0 ? [`m${index}`, 'shared'] : [],
    },
  }));
  const result = editSection(read(text), edits, null);
  if (!result.ok) throw new Error(result.error.code);
  return result.value.text;
}

function mustRead(text: string): OwnSection {
  const section = readOwnSection(text);
  if (section === null) throw new Error('It was to be read as our own');
  return section;
}

const MINE = '  - api-key: mine # why\n    headers: {a: b}\n';
const LAYOUTS: readonly (readonly [string, string])[] = [
  ['nothing else', withOwn('port: 1\n')],
  ['no final line break', withOwn('port: 1\nclaude-api-key: null\nlast: 1')],
  ['another’s entry before', withOwn(`claude-api-key:\n${MINE}port: 1\n`)],
  ['others between two runs', withOwn(`${withOwn('port: 1\n')}  # mine\n${MINE}`, COUNT, 100)],
  ['CRLF and a wide indent', withOwn('port: 1\r\nclaude-api-key:\r\n    -   api-key: x\r\n')],
  ['a block scalar before', withOwn('claude-api-key:\n- api-key: x\n  note: |\n    a\n\nport: 1\n')],
  ['an anchor elsewhere', withOwn('a: &a {b: c}\nclaude-api-key:\n  - api-key: x\n    headers: *a\n')],
];

describe('a section in the form in which we write it', () => {
  it.each(LAYOUTS)('says without being parsed what it says when it is, with %s', (_, text) => {
    const section = mustRead(text);
    expect(section.document.text.length).toBeLessThan(text.length / 3);
    expect(section.entries).toEqual(entriesOf(text));
  });

  it.each(LAYOUTS)('is edited as when it is parsed, with %s', (_, text) => {
    const section = mustRead(text);
    const count = section.entries.length;
    const change = fc.record({
      op: fc.constantFrom('add', 'remove', 'update', 'rename'),
      index: fc.nat({ max: count - 1 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(change, { selector: ({ index }) => index, maxLength: 6 }), (changes) => {
        const edits = changes.flatMap((one): SectionEdit[] => {
          const { index, op } = one;
          const models = section.entries[index]?.models ?? [];
          if (op === 'add') return [{ op, entry: { ...ENTRY, prefix: `new${index}-` } }];
          if (op === 'remove') return [{ op, index }];
          if (op === 'update') return [{ op, index, set: { apiKey: `sk-test-other-${index}` }, models: [] }];
          return models.length === 0
            ? []
            : [{ op: 'update', index, set: {}, models: [{ op: 'rename', index: 0, name: 'other' }] }];
        });
        if (edits.length === 0) return;
        const wanted = editSection(read(text), edits, { kind: 'entries' });
        const edited = editOwnSection(section, edits, { kind: 'entries' });
        expect(edited).toEqual(wanted.ok ? wanted.value : null);
        if (edited !== null) expect(checkEdit(read(text), edits, edited.text)).toBeNull();
      }),
      { numRuns: rounds(40, 2000) },
    );
  });

  it('is parsed as a whole where it stands in a block scalar, another section or a flow list', () => {
    const own = withOwn('port: 1\n').replace('port: 1\n', '');
    const hidden = own.replace(/^/gm, '  ');
    for (const text of [
      `text: |\n${hidden}`,
      `claude-api-key: |\n${own.replace(/^.*\n/, '')}`,
      own.replace('claude', 'codex'),
      `claude-api-key:\n${own.replace('claude-api-key', 'codex-api-key')}`,
      'claude-api-key: [{api-key: a}]\n',
    ]) {
      expect(readOwnSection(text), text.slice(0, 60)).toBeNull();
    }
  });

  it('is parsed as a whole where something before it is left open', () => {
    const text = withOwn('port: 1\nclaude-api-key:\n  - api-key: x\n    note: "a"\n');
    expect(readOwnSection(text)).not.toBeNull();
    expect(readOwnSection(text.replace('note: "a"', 'note: "a'))).toBeNull();
    expect(readOwnSection(text.replace('note: "a"', 'note: {a: [b'))).toBeNull();
  });

  it('is not edited this way where another text is to be copied from, or all of it goes', () => {
    const text = withOwn('port: 1\n');
    const section = mustRead(text);
    expect(editOwnSection(section, [{ op: 'copy', source: read(text), sourceIndex: 0 }], null)).toBeNull();
    const all = section.entries.map(({ index }): SectionEdit => ({ op: 'remove', index }));
    expect(editOwnSection(section, all, { kind: 'absent', lead: '' })).toBeNull();
  });
});
