import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import { parseProfile } from './parse-profile.ts';

function parse(content: unknown): ReturnType<typeof parseProfile> {
  return parseProfile(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)));
}

function fault(detail: string, line: number | null = null): unknown {
  return { state: 'unreadable', detail, line };
}

const base = {
  ANTHROPIC_BASE_URL: ' https://u.example ',
  ANTHROPIC_AUTH_TOKEN: ' sk-test-1\n',
  ANTHROPIC_MODEL: ' m1 ',
  ANTHROPIC_EXTRA_MODELS: ' m2 , m1,M2,, m2, ',
};

describe('a profile file', () => {
  it('is read with its values trimmed, and its models once each in order', () => {
    expect(parse({ hooks: {}, env: base })).toEqual({
      state: 'read',
      token: 'sk-test-1',
      hasApiKey: false,
      baseUrl: 'https://u.example',
      models: ['m1', 'm2', 'M2'],
      doubledNames: [],
    });
  });

  it('names extra models only where it names a default model', () => {
    expect(parse({ env: { ...base, ANTHROPIC_MODEL: ' ' } })).toMatchObject({ models: [] });
  });

  it('has no token where that is blank, and tells an API key that is there instead', () => {
    expect(parse({ env: { ANTHROPIC_AUTH_TOKEN: ' ', ANTHROPIC_API_KEY: 'sk-test-2' } })).toMatchObject({
      token: null,
      hasApiKey: true,
      baseUrl: '',
    });
    expect(parse({ env: { ANTHROPIC_API_KEY: '  ' } })).toMatchObject({ hasApiKey: false });
  });

  it('may do without env', () => {
    expect(parse({ permissions: {} })).toMatchObject({ state: 'read', token: null });
  });

  it('may start with a byte order mark', () => {
    expect(parse(`\ufeff${JSON.stringify({ env: base })}`)).toMatchObject({ token: 'sk-test-1' });
  });

  it('is taken at its last word where a name stands twice, as CCS does, and the name is told', () => {
    const text =
      '{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-test-first"},\n' +
      '"env": {"ANTHROPIC_AUTH_TOKEN": "sk-test-2", "ANTHROPIC_AUTH_TOKEN": "sk-test-3", "X": "ANTHROPIC_MODEL"}}';
    expect(parse(text)).toMatchObject({ token: 'sk-test-3', doubledNames: ['env', 'ANTHROPIC_AUTH_TOKEN'] });
    expect(parse('{"env": {"ANTHROPIC_MODEL": "ANTHROPIC_MODEL"}}')).toMatchObject({ doubledNames: [] });
  });

  it.each([
    ['', fault('empty')],
    [' \n\n', fault('empty')],
    ['{"env": {\n"ANTHROPIC_AUTH_TOKEN": "sk-te', fault('not-json', 2)],
    ['[]', fault('not-object', 1)],
    ['"sk-test"', fault('not-object', 1)],
    ['{"a": 1,\n"env": ["A"]}', fault('env-not-object', 2)],
    ['{"env": null}', fault('env-not-object', 1)],
    ['{"env": {\n"A": "x",\n"ANTHROPIC_MODEL": 5}}', fault('env-not-strings', 3)],
    ['{"env": {\n"ANTHROPIC_AUTH_TOKEN": ["sk-test"]}}', fault('env-not-strings', 2)],
    ['{\n"env": {"ANTHROPIC_BASE_URL": "https://\\ud800"}}', fault('bad-characters', 2)],
    ['{"env": {"ANTHROPIC_MODEL": "m", "ANTHROPIC_EXTRA_MODELS": "a,\\udc00"}}', fault('bad-characters', 1)],
  ])('that is %j is unreadable for a reason', (text, expected) => expect(parse(text)).toEqual(expected));

  it('that is not UTF-8 is unreadable, one with a replacement character of its own is not', () => {
    expect(parseProfile(Buffer.from([0x7b, 0xff, 0x7d]))).toEqual(fault('not-utf8'));
    expect(parse('{"env": {"ANTHROPIC_MODEL": "\ufffd"}}')).toMatchObject({ models: ['\ufffd'] });
  });

  it('never breaks the reader, whatever it holds', () => {
    const bytes = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(`{"env": ${text}}`)),
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
    );
    fc.assert(
      fc.property(bytes, (one) => {
        expect(['read', 'unreadable']).toContain(parseProfile(one).state);
      }),
      { numRuns: rounds(300, 10_000) },
    );
  });
});
