import { describe, expect, it } from 'vitest';
import { EMPTY_SECTIONS, FILLED_SECTIONS } from './layouts.test-data.ts';
import { validateYaml } from './validate-yaml.ts';

describe('validateYaml', () => {
  it.each(Object.entries({ ...EMPTY_SECTIONS, ...FILLED_SECTIONS }))('accepts %s', (_name, text) => {
    expect(validateYaml(text)).toBeNull();
  });

  it.each([
    ['merge keys and anchors', 'a: &a {x: 1}\nb:\n  <<: *a\n  <<x: 1\n'],
    ['tags of others', 'a: !mine {x: 1}\nb: !!binary aGk=\nc: !!set {x}\n'],
    ['words of YAML 1.1', 'a: yes\nb: 0o7\nc: 1_000\nd: 2001-01-01\n'],
  ])('accepts %s', (_what, text) => {
    expect(validateYaml(text)).toBeNull();
  });

  it.each([
    ['tabs as indentation', 'a:\n\tb: 1\n', 'invalid-yaml', 2, 'TAB_AS_INDENT'],
    ['keys out of line', 'a: 1\n b: 2\n', 'invalid-yaml', 1, 'BLOCK_AS_IMPLICIT_KEY'],
    ['an open quote', 'a: 1\nb: "x\n', 'invalid-yaml', 3, 'MISSING_CHAR'],
    ['a reserved character', 'a: 1\nb: @x\n', 'invalid-yaml', 2, 'BAD_SCALAR_START'],
    ['an unknown anchor', 'a: 1\nb: [*x]\n', 'invalid-yaml', 2, 'UNKNOWN_ANCHOR'],
    ['an anchor set later', 'a: *x\nb: &x 1\n', 'invalid-yaml', 1, 'UNKNOWN_ANCHOR'],
    ['a key twice, deep', 'a:\n  b:\n    c: 1\n    "c": 2\n', 'duplicate-key', 4, 'c'],
    ['a number twice as key', 'a: {1: x, "1": y}\n', 'duplicate-key', 1, ''],
    ['two documents', 'a: 1\n---\nb: "\n', 'several-documents', 2, ''],
    ['a directive and nothing else', '# c\n%YAML 1.2\n', 'invalid-yaml', 2, 'MISSING_CHAR'],
    ['a control character', 'a: 1\nb: \u0001\n', 'control-character', 2, 'U+0001'],
    ['far too many brackets', `a: ${'['.repeat(100_000)}`, 'invalid-yaml', 1, 'RESOURCE_EXHAUSTION'],
  ] as const)('refuses %s', (...[, text, code, line, detail]) => {
    expect(validateYaml(text)).toMatchObject({ code, line, detail });
  });
});
