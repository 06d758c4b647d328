import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { checkEdit } from './check-edit.ts';
import { editSection, type EditedSection } from './edit-section.ts';
import { documentOf, entriesOf, expectedValue } from './editing.test-data.ts';
import { EMPTY_SECTIONS, FILLED_SECTIONS } from './layouts.test-data.ts';
import type { ModelEdit, NewEntry, SectionEdit, SectionOrigin } from './section.ts';
import { validateYaml } from './validate-yaml.ts';

const NEW: NewEntry = {
  apiKey: 'sk-test-new',
  prefix: 'new-',
  baseUrl: 'https://new.example.com',
  models: ['m1', 'm2'],
};
const BARE: NewEntry = { apiKey: 'sk-test-bare"\u007f😀', prefix: 'bare-', baseUrl: '', models: [] };

function edited(
  text: string,
  edits: readonly SectionEdit[],
  origin: SectionOrigin | null = null,
): EditedSection {
  const before = documentOf(text);
  const result = editSection(before, edits, origin);
  if (!result.ok) throw new Error(`${JSON.stringify(result.error)} in ${JSON.stringify(text)}`);
  const after = result.value.text;
  expect(validateYaml(after), after).toBeNull();
  expect(checkEdit(before, edits, after), after).toBeNull();
  return result.value;
}

function checked(text: string, edits: readonly SectionEdit[]): EditedSection {
  const result = edited(text, edits);
  expect(parse(result.text), result.text).toEqual(expectedValue(text, edits));
  const hasFinalBreak = text === '' || text === '\uFEFF' || text.endsWith('\n');
  expect(/\n(?:\r?\n)*$/.test(result.text), result.text).toBe(hasFinalBreak || /\n\r?\n$/.test(result.text));
  return result;
}

/** That `after` is `before` with one stretch put in. */
function expectInsertion(before: string, after: string): void {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  expect(after.endsWith(before.slice(start)), after).toBe(true);
}

const add = (entry: NewEntry): SectionEdit => ({ op: 'add', entry });
const remove = (index: number): SectionEdit => ({ op: 'remove', index });
const count = (text: string): number => entriesOf(text).length;

describe.each(Object.entries({ ...EMPTY_SECTIONS, ...FILLED_SECTIONS }))('with %s', (_name, text) => {
  it('adds one entry and takes it out again without a trace', () => {
    const { text: after, origin } = checked(text, [add(NEW)]);
    const { text: restored, origin: left } = edited(after, [remove(count(text))], origin);
    expect(restored).toBe(text);
    if (count(text) === 0) expect(left).toBeNull();
  });

  it('adds two entries and takes them out one after the other without a trace', () => {
    const both = checked(text, [add(NEW), add(BARE)]);
    const one = checked(both.text, [remove(count(text))]);
    const none = edited(one.text, [remove(count(text))], both.origin);
    expect(none.text).toBe(text);
  });

  it('adds one entry after another as it adds two at once', () => {
    const both = checked(text, [add(NEW), add(BARE)]);
    const first = checked(text, [add(NEW)]);
    const second = edited(first.text, [add(BARE)], first.origin);
    expect(second.origin).toEqual(both.origin);
    if (!/\[[^\]]*#/.test(text)) expect(second.text).toBe(both.text);
    expect(edited(second.text, [remove(count(text)), remove(count(text) + 1)], second.origin).text).toBe(
      text,
    );
  });
});

const MODELS: Readonly<Record<string, readonly ModelEdit[]>> = {
  'adds a model': [{ op: 'add', name: 'added' }],
  'adds two models': [
    { op: 'add', name: 'added' },
    { op: 'add', name: 'more' },
  ],
};

describe.each(Object.entries(FILLED_SECTIONS))('with %s', (_name, text) => {
  const before = entriesOf(text);

  it.each([0, 1])('sets each field of entry %i, and all of them', (index) => {
    for (const set of [
      { apiKey: 'sk-test-rotated' },
      { prefix: 'p-' },
      { baseUrl: 'https://set.example.com' },
      { baseUrl: '' },
      { apiKey: "o'dd #: ü\u0080", prefix: 'p-', baseUrl: 'https://set.example.com' },
    ]) {
      const { text: once } = checked(text, [{ op: 'update', index, set, models: [] }]);
      expect(edited(once, [{ op: 'update', index, set, models: [] }]).text).toBe(once);
    }
  });

  it.each([0, 1])('edits the models of entry %i', (index) => {
    const models = before[index]?.models ?? [];
    for (const edits of Object.values(MODELS)) {
      const after = checked(text, [{ op: 'update', index, set: {}, models: edits }]);
      const removed: ModelEdit[] = edits.map((_edit, at) => ({ op: 'remove', index: models.length + at }));
      checked(after.text, [{ op: 'update', index, set: {}, models: removed }]);
    }
    for (const at of models.keys()) {
      checked(text, [{ op: 'update', index, set: {}, models: [{ op: 'remove', index: at }] }]);
      checked(text, [
        { op: 'update', index, set: {}, models: [{ op: 'rename', index: at, name: 'renamed' }] },
      ]);
    }
    const all = [...models.keys()].map((at): ModelEdit => ({ op: 'remove', index: at }));
    checked(text, [{ op: 'update', index, set: {}, models: all }]);
    checked(text, [{ op: 'update', index, set: {}, models: [...all, { op: 'add', name: 'other' }] }]);
  });

  it('takes out the first, the last, and all entries', () => {
    checked(text, [remove(0)]);
    checked(text, [remove(1)]);
    checked(text, [remove(1), remove(0)]);
    const three = checked(text, [add(NEW)]);
    checked(three.text, [remove(1)]);
    checked(three.text, [remove(0), remove(1)]);
  });

  it('does all kinds of edits at once', () => {
    const update = {
      set: { prefix: 'p-', baseUrl: 'https://x.example.com' },
      models: MODELS['adds a model'] ?? [],
    };
    checked(text, [{ op: 'update', index: 0, ...update }, { op: 'update', index: 1, ...update }, add(NEW)]);
    checked(text, [{ op: 'update', index: 0, ...update }, remove(1), add(NEW)]);
    checked(text, [{ op: 'update', index: 0, ...update }, remove(1)]);
    checked(text, [remove(0), { op: 'update', index: 1, ...update }]);
    checked(text, [remove(0), remove(1), add(BARE)]);
  });

  it('puts one stretch into a block and changes nothing else', () => {
    if (!/^\s*- /m.test(text)) return;
    expectInsertion(text, checked(text, [add(NEW)]).text);
  });
});
