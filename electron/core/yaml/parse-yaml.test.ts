import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseYaml } from './parse-yaml.ts';
import { findPair } from './yaml-tree.ts';
import { validateYaml } from './validate-yaml.ts';

const fixture = (path: string): string =>
  readFileSync(new URL(`../../testing/fixtures/${path}`, import.meta.url), 'utf8');

describe('parseYaml', () => {
  it.each([
    ['a second document', 'a: 1\n---\nb: 2\n', 'several-documents', 2],
    ['a document after an end marker', 'a: 1\n...\nb: 2\n', 'several-documents', 3],
    ['an empty second document', '---\n---\n', 'several-documents', 2],
    ['a list as root', '# c\n- a\n', 'root-not-mapping', 2],
    ['a scalar as root', '\n\nwords\n', 'root-not-mapping', 3],
    ['a flow list as root', '[a]\n', 'root-not-mapping', 1],
    ['a key twice', 'a: 1\nb: 2\n"a": 3\n', 'duplicate-key', 3],
    ['the section twice', 'claude-api-key: []\nport: 1\nclaude-api-key:\n', 'duplicate-key', 3],
    ['a key twice in an entry', 'claude-api-key:\n  - prefix: a\n    "prefix": b\n', 'duplicate-key', 3],
    [
      'a key twice in a model',
      'claude-api-key:\n  - models: [{name: a,\n      name: b}]\n',
      'duplicate-key',
      3,
    ],
    [
      'a key twice in the user’s field',
      'claude-api-key:\n  - headers:\n      A: 1\n      A: 2\n',
      'duplicate-key',
      4,
    ],
    ['a key twice in a flow root', '{a: 1,\n "a": 2}', 'duplicate-key', 2],
    ['an open flow list', 'port: 1\nclaude-api-key: [a\n', 'invalid-yaml', 2],
    ['a missing comma', 'claude-api-key: ["a"\n  "b"]\n', 'invalid-yaml', 2],
    ['an open quote', 'claude-api-key:\n  - api-key: "a\n', 'invalid-yaml', 3],
    ['an unknown escape', 'claude-api-key:\n  - api-key: "\\q"\n', 'invalid-yaml', 2],
    ['a key that is out of line', 'claude-api-key:\n  - a: 1\n      b: 2\n', 'invalid-yaml', 2],
    ['a dash among keys', 'a: [b]\n- \n', 'invalid-yaml', 2],
    ['words after a quote', 'claude-api-key:\n  - a: "b" c\n', 'invalid-yaml', 2],
    ['a NUL', 'a: 1\nb: "\0"\n', 'control-character', 2],
    ['a bell in a comment', '# \u0007\n', 'control-character', 1],
    ['a DEL', 'a: 1\n\nb: \u007F\n', 'control-character', 3],
    ['a C1 control', 'a: \u0080\n', 'control-character', 1],
    ['a lone surrogate', 'a: 1\nb: \uD83D\n', 'control-character', 2],
    ['U+FFFE', 'a: \uFFFE\n', 'control-character', 1],
    ['a lone carriage return', 'a: 1\r\nb: 2\rc: 3\r\n', 'control-character', 2],
    ['far too many brackets', `a: ${'['.repeat(100_000)}`, 'invalid-yaml', 1],
  ])('refuses %s', (...[, text, code, line]) => {
    const parsed = parseYaml(text);
    expect(parsed).toMatchObject({ ok: false, error: { code, line } });
  });

  it('names a duplicate key, but never what might be a secret, and never text of the file', () => {
    const named = parseYaml('a: 1\nfoo-bar: 2\nfoo-bar: 3\n');
    expect(named).toEqual({
      ok: false,
      error: { code: 'duplicate-key', line: 3, column: 1, detail: 'foo-bar' },
    });
    for (const text of [
      'sk-test-1: a\nsk-test-1: b\n',
      'claude-api-key: ["sk-test-1\n',
      'claude-api-key: ["sk-test-1" x]',
    ]) {
      expect(JSON.stringify(parseYaml(text))).not.toContain('sk-test');
      expect(JSON.stringify(validateYaml(text))).not.toContain('sk-test');
    }
  });

  it.each([
    ['nothing', ''],
    ['a byte order mark', '\uFEFF'],
    ['comments', '# a\n\n  # b'],
    ['a start marker', '---\n# c\n'],
    ['both markers', '---\n...\n'],
    ['a directive', '%YAML 1.2\n---\n'],
  ])('takes %s for an empty root', (_what, text) => {
    expect(parseYaml(text)).toMatchObject({ ok: true, value: { root: null, text } });
  });

  it('tells the place of keys, colons and values exactly', () => {
    const text =
      '\uFEFF# c\r\n"a b" : &x  |2-  # d\r\n    text\r\n\r\nb: {c: [1, "2" ] , d}\r\ne:\r\n- f: g\r\n  h:\r\n- ~\r\n';
    const parsed = parseYaml(text);
    if (!parsed.ok || parsed.value.root === null) throw new Error('refused');
    const document = parsed.value;
    expect(document.eol).toBe('\r\n');
    const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    const pairs = parsed.value.root.pairs();
    expect(pairs.map(slice)).toEqual([
      '"a b" : &x  |2-  # d\r\n    text\r\n',
      'b: {c: [1, "2" ] , d}',
      'e:\r\n- f: g\r\n  h:\r\n- ~',
    ]);
    expect(pairs.map(({ key }) => slice(key))).toEqual(['"a b"', 'b', 'e']);
    expect(pairs.map(({ colonEnd }) => text.slice((colonEnd ?? 0) - 2, colonEnd ?? 0))).toEqual([
      ' :',
      'b:',
      'e:',
    ]);
    expect(pairs[0]?.value).toMatchObject({ value: '  text', marked: true, anchor: 'x', style: 'block' });
    expect(document.position(text.indexOf('b: {'))).toEqual({ line: 5, column: 1 });
    const flow = pairs[1]?.value;
    if (flow?.kind !== 'map') throw new Error('no mapping');
    expect(flow.pairs().map(slice)).toEqual(['c: [1, "2" ]', 'd']);
    expect(flow.commas().map((at) => text[at])).toEqual([',']);
    const list = pairs[2]?.value;
    if (list?.kind !== 'list') throw new Error('no list');
    expect(list.items().map(slice)).toEqual(['- f: g\r\n  h:', '- ~']);
    const first = list.items()[0]?.value;
    const h = first?.kind === 'map' ? findPair(first, 'h') : null;
    expect(h?.value).toMatchObject({ style: 'empty', isNull: true, start: h?.colonEnd });
  });

  it('reads real configurations', () => {
    for (const path of ['cliproxyapi/config.example.yaml', 'ccs-home/.ccs/cliproxy/config.yaml']) {
      expect(parseYaml(fixture(path)).ok).toBe(true);
      expect(validateYaml(fixture(path))).toBeNull();
    }
  });
});
