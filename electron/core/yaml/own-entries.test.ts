import { describe, expect, it } from 'vitest';
import { checkEdit } from './check-edit.ts';
import { editSection } from './edit-section.ts';
import { shortened } from './own-entries.ts';
import { parseYaml } from './parse-yaml.ts';
import type { SectionEdit } from './section.ts';
import type { YamlDocument } from './yaml-tree.ts';

const COUNT = 40;

function adds(
  change: (index: number) => Partial<Extract<SectionEdit, { op: 'add' }>['entry']> = () => ({}),
): SectionEdit[] {
  return Array.from({ length: COUNT }, (_, index) => ({
    op: 'add',
    entry: {
      apiKey: `sk-test-${index}`,
      prefix: `p${index}-`,
      baseUrl: index % 3 === 0 ? '' : `https://p${index}.example.com`,
      models: index % 2 === 0 ? [`m${index}`, 'shared'] : [],
      ...change(index),
    },
  }));
}

function read(text: string): YamlDocument {
  const document = parseYaml(text);
  if (!document.ok) throw new Error(document.error.code);
  return document.value;
}

function edited(text: string, edits: readonly SectionEdit[]): string {
  const result = editSection(read(text), edits, null);
  if (!result.ok) throw new Error(result.error.code);
  return result.value.text;
}

const LAYOUTS: readonly (readonly [string, string])[] = [
  ['an absent section', 'port: 1\n'],
  ['an absent section and no final line break', 'port: 1'],
  ['a null section in the middle', 'claude-api-key:\nport: 1\n'],
  ['another’s entry', 'claude-api-key:\n- api-key: x # mine\n  priority: 3\nport: 1\n'],
  ['CRLF and a wide indent', 'port: 1\r\nclaude-api-key:\r\n    -   api-key: x\r\n'],
];

describe('many added entries', () => {
  it.each(LAYOUTS)('are checked by their form and a shortened text, with %s', (_, text) => {
    const edits = adds();
    const after = edited(text, edits);
    const short = shortened(edits, after);
    expect(short?.edits).toHaveLength(2);
    expect(short?.text.length).toBeLessThan(after.length / 4);
    expect(checkEdit(read(text), edits, after)).toBeNull();
  });

  it.each(LAYOUTS.slice(3))('are refused when any character between them is changed, with %s', (_, text) => {
    const edits = adds();
    const after = edited(text, edits);
    const start = after.indexOf('sk-test-5"');
    const before = read(text);
    for (let at = start; at < after.indexOf('sk-test-7"'); at++) {
      for (const character of ['x', '\n', '"']) {
        if (after[at] === character) continue;
        const broken = after.slice(0, at) + character + after.slice(at + 1);
        if (sameValues(after, broken)) continue;
        expect(
          checkEdit(before, edits, broken),
          JSON.stringify(broken.slice(at - 30, at + 30)),
        ).not.toBeNull();
      }
    }
  });

  it('are refused when a line is put between them, left out, or moved', () => {
    const text = 'port: 1\n';
    const edits = adds();
    const lines = edited(text, edits).split('\n');
    const at = lines.findIndex((line) => line.includes('"sk-test-9"'));
    const put = (line: string): string =>
      [...lines.slice(0, at + 1), line, ...lines.slice(at + 1)].join('\n');
    for (const line of [
      '    priority: 3',
      'other: 1',
      '  - api-key: "sk-test-more"',
      '    prefix: "twice"',
      '---',
    ]) {
      expect(checkEdit(read(text), edits, put(line)), line).not.toBeNull();
    }
    const without = [...lines.slice(0, at), ...lines.slice(at + 1)].join('\n');
    expect(checkEdit(read(text), edits, without)).not.toBeNull();
    const swapped = swap(lines, at, at + 5).join('\n');
    expect(checkEdit(read(text), edits, swapped)).not.toBeNull();
  });

  it('are parsed as a whole where one needs escapes', () => {
    const edits = adds((index) => (index === 7 ? { baseUrl: 'https://ü.example.com' } : {}));
    const after = edited('port: 1\n', edits);
    expect(shortened(edits, after)).toBeNull();
    expect(checkEdit(read('port: 1\n'), edits, after)).toBeNull();
  });

  it('are not believed inside a block scalar', () => {
    const edits = adds();
    const after = edited('port: 1\n', edits);
    const hidden = `port: 1\ntext: |\n${after.replace('port: 1\n', '').replace(/^/gm, '  ')}`;
    expect(checkEdit(read('port: 1\n'), edits, hidden)).not.toBeNull();
  });
});

/** A change such as one more blank at a line's end says the same; only what says something else must be refused. */
function sameValues(one: string, other: string): boolean {
  const parsed = parseYaml(other);
  return parsed.ok && one.replace(/\s+$/gm, '') === other.replace(/\s+$/gm, '');
}

function swap(lines: readonly string[], one: number, other: number): string[] {
  const swapped = [...lines];
  swapped[one] = lines[other] ?? '';
  swapped[other] = lines[one] ?? '';
  return swapped;
}
