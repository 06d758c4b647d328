import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import { quoteScalar } from './quote-scalar.ts';

describe('quoteScalar', () => {
  it.each([
    ['sk-test-1', '"sk-test-1"'],
    ['', '""'],
    ['say "hi" \\ #: - {}[]', '"say \\"hi\\" \\\\ #: - {}[]"'],
    ['\u007F', '"\\x7F"'],
    ['\u0000\t\n\r', '"\\u0000\\u0009\\u000A\\u000D"'],
    ['\u0080ü€\uFFFE', '"\\u0080\\u00FC\\u20AC\\uFFFE"'],
    ['😀', '"\\U0001F600"'],
    ['\uD83D', '"\\uFFFD"'],
  ])('writes %j as %s', (value, written) => {
    expect(quoteScalar(value)).toBe(written);
  });

  it('writes any text as printable ASCII that YAML reads back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const written = quoteScalar(value);
        expect(written).toMatch(/^[ -~]*$/);
        expect(parse(written)).toBe(value.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'));
      }),
      { numRuns: rounds(300, 10_000) },
    );
  });
});
