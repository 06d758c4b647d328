import { parse } from 'yaml';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import { checkEdit } from './check-edit.ts';
import { documentOf, expectedValue } from './editing.test-data.ts';
import { editSection } from './edit-section.ts';
import { FILLED_SECTIONS } from './layouts.test-data.ts';
import type { SectionEdit } from './section.ts';

const EDITS: readonly SectionEdit[] = [
  { op: 'update', index: 0, set: { apiKey: 'sk-test-2', prefix: 'p-' }, models: [{ op: 'add', name: 'mz' }] },
  { op: 'add', entry: { apiKey: 'sk-test-3', prefix: 'n-', baseUrl: 'https://n', models: ['mn'] } },
];

function edit(text: string, edits: readonly SectionEdit[]): string {
  const result = editSection(documentOf(text), edits, null);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value.text;
}

/** Whether the full parser takes a text, and reads what was promised. */
function saysAsPromised(text: string, promised: unknown): boolean {
  try {
    expect(parse(text, { merge: true, logLevel: 'silent' })).toEqual(promised);
    return true;
  } catch {
    return false;
  }
}

describe('checkEdit', () => {
  const text = FILLED_SECTIONS['block indented by 2, comments everywhere'] ?? '';
  const before = documentOf(text);
  const after = edit(text, EDITS);

  it.each([
    ['a key', 'sk-test-2', 'sk-test-4', 'entry'],
    ['a new entry’s prefix', 'n-', 'x-', 'entry'],
    ['a new entry’s model', 'name: "mn"', 'name: "mx"', 'entry'],
    ['a foreign field of an entry', 'priority: 5', 'priority: 6', 'field'],
    ['a foreign header', 'X-A: "1"', 'X-A: "2"', 'field'],
    ['a foreign field’s name', 'priority: 5', 'weight: 5', 'entry'],
    ['a model’s other field', '[high]', '[low]', 'field'],
    ['a top-level value', 'host: ""', 'host: "x"', 'top-level'],
    ['a top-level key', 'host: ""', 'post: ""', 'top-level'],
    ['a comment before the section', 'port: 1', 'port: 1 # x', 'before-section'],
    ['the end of the file', 'host: ""\n', 'host: ""\nmore: 1\n', 'top-level'],
    ['the end of a comment', 'host: ""\n', 'host: "" # x\n', 'after-section'],
    ['a quote', '"sk-test-2"', '"sk-test-2', null],
  ])('notices a change of %s', (...row) => {
    const [, found, put, detail] = row;
    expect(after).toContain(found);
    const refusal = checkEdit(before, EDITS, after.replace(found, put));
    expect(refusal?.code).toBe('check-failed');
    if (detail !== null) expect(refusal?.detail).toBe(detail);
    expect(refusal?.line).toBeGreaterThan(0);
  });

  it('names the line of the entry that differs', () => {
    const wrong = after.replace('sk-test-b', 'sk-test-c');
    const line = wrong.slice(0, wrong.indexOf('- prefix: ~')).split('\n').length;
    expect(checkEdit(before, EDITS, wrong)).toMatchObject({ code: 'check-failed', line, detail: 'entry' });
  });

  it('notices an edit that was not made, made twice, or made in another order', () => {
    expect(checkEdit(before, EDITS, text)).toMatchObject({ detail: 'entry-count' });
    expect(checkEdit(before, EDITS, edit(after, EDITS.slice(1)))).toMatchObject({ detail: 'entry-count' });
    const swapped = edit(text, [{ op: 'remove', index: 0 }, ...EDITS.slice(1)]);
    expect(checkEdit(before, [{ op: 'remove', index: 1 }, ...EDITS.slice(1)], swapped)).toMatchObject({
      detail: 'entry',
    });
  });

  it('notices a section that stands elsewhere', () => {
    const moved = after.replace(/host: ""\n/, '').replace('port: 1\n', 'host: ""\nport: 1\n');
    expect(checkEdit(before, EDITS, moved)).toMatchObject({ code: 'check-failed' });
    const none = documentOf('port: 1\nhost: ""\n');
    const early =
      'claude-api-key:\n  - api-key: "k"\n    prefix: "p"\n    proxy-url: ""\nport: 1\nhost: ""\n';
    const add: SectionEdit = { op: 'add', entry: { apiKey: 'k', prefix: 'p', baseUrl: '', models: [] } };
    expect(checkEdit(none, [add], early)).toMatchObject({ detail: 'section-place' });
  });

  it('lets no random corruption pass that changes what the file says', () => {
    for (const layout of Object.values(FILLED_SECTIONS)) {
      const source = documentOf(layout);
      const result = edit(layout, EDITS);
      const promised = expectedValue(layout, EDITS);
      expect(saysAsPromised(result, promised)).toBe(true);
      const corruption = fc.tuple(
        fc.nat(result.length),
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom('', 'x', ' ', '\n', '"', '- ', ': ', ', ', '# ', '  - api-key: y\n'),
      );
      fc.assert(
        fc.property(corruption, ([at, gone, put]) => {
          const corrupt = result.slice(0, at) + put + result.slice(at + gone);
          if (saysAsPromised(corrupt, promised)) return;
          expect(checkEdit(source, EDITS, corrupt), corrupt).not.toBeNull();
        }),
        { numRuns: rounds(40, 2_000) },
      );
    }
  });
});
