import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import { editEnv, editRaw } from './edit-settings.ts';
import { locateJson } from './json-places.ts';
import { maskSecrets } from './secret-markers.ts';
import { parseSettings, type SettingsText } from './settings-text.ts';

const TOKEN = 'sk-test-canary-0123456789';

function settings(text: string): SettingsText {
  const parsed = parseSettings(text);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

function edited(text: string, changes: Readonly<Record<string, string | null>>): string {
  return editEnv(settings(text), new Map(Object.entries(changes)));
}

const PLAIN = `{
  "hooks": { "a": [1, 2] },
  "env": {
    "ANTHROPIC_BASE_URL": "https://glm.test",
    "ANTHROPIC_AUTH_TOKEN": "${TOKEN}",
    "OTHER": 1.50,
    "ANTHROPIC_MODEL": "glm-5"
  },
  "alwaysThinkingEnabled": true
}
`;

describe('a change of a setting', () => {
  it('replaces the value and keeps every other byte', () => {
    expect(edited(PLAIN, { ANTHROPIC_MODEL: 'glm "6"' })).toBe(PLAIN.replace('"glm-5"', '"glm \\"6\\""'));
  });

  it('keeps a byte order mark, CRLF, odd white space and a missing line break at the end', () => {
    const odd = '\ufeff{ "env" :\r\n\t{"ANTHROPIC_MODEL"  :"a"  ,\r\n\t"x":[ ]}} ';
    expect(edited(odd, { ANTHROPIC_MODEL: 'b' })).toBe(odd.replace('"a"', '"b"'));
  });

  it('adds a setting where CCS would write it, laid out as its neighbour', () => {
    expect(edited(PLAIN, { ANTHROPIC_DEFAULT_OPUS_MODEL: 'big' })).toBe(
      PLAIN.replace('"glm-5"\n', '"glm-5",\n    "ANTHROPIC_DEFAULT_OPUS_MODEL": "big"\n'),
    );
    expect(edited('{"env":{"a":"1"}}', { ANTHROPIC_MODEL: 'm' })).toBe(
      '{"env":{"a":"1","ANTHROPIC_MODEL":"m"}}',
    );
  });

  it('takes a setting out, be it first, last or only', () => {
    expect(edited('{"env": {"a": "1", "b": "2", "c": "3"}}', { a: null })).toBe(
      '{"env": {"b": "2", "c": "3"}}',
    );
    expect(edited('{"env": {"a": "1", "b": "2", "c": "3"}}', { b: null })).toBe(
      '{"env": {"a": "1", "c": "3"}}',
    );
    expect(edited('{"env": {"a": "1", "b": "2"}}', { b: null })).toBe('{"env": {"a": "1"}}');
    expect(edited('{"env": {"a": "1"}}', { a: null })).toBe('{"env": {}}');
    expect(edited('{"env": {"a": "1", "a": "2", "b": "3", "a": "4"}}', { a: null })).toBe(
      '{"env": {"b": "3"}}',
    );
  });

  it('makes an env where there is none', () => {
    expect(edited('{}', { A: 'x' })).toBe('{"env": {"A":"x"}}');
    expect(edited('{\n  "a": 1\n}\n', { A: 'x' })).toBe('{\n  "a": 1,\n  "env": {\n    "A": "x"\n  }\n}\n');
    expect(edited('{\n  "env": {}\n}', { A: 'x' })).toBe('{\n  "env": {\n    "A": "x"\n  }\n}');
  });

  it('changes the last of two of one name, which is the one that counts', () => {
    expect(edited('{"env": {"A": "1", "A": "2"}}', { A: '3' })).toBe('{"env": {"A": "1", "A": "3"}}');
  });
});

/** JSON with unknown keys, laid out in any of the ways that writers use. */
const anyFile = fc
  .record({
    before: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
    env: fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 }),
    after: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
    token: fc.stringMatching(/^sk-[a-z0-9]{12,20}$/),
    indent: fc.constantFrom('', '  ', '\t', '    '),
    eol: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    end: fc.constantFrom('', '\n', '  \n\n'),
  })
  .map(({ before, env, after, token, indent, eol, mark, end }) => {
    const value = {
      ...before,
      env: { ...env, ANTHROPIC_AUTH_TOKEN: token, ANTHROPIC_MODEL: 'old-model' },
      ...after,
    };
    const text = JSON.stringify(value, null, indent).replaceAll('\n', eol);
    return { text: `${mark}${text}${end}`, value, token };
  })
  // A name that a random record shares with our own would replace it.
  .filter(({ text }) => parseSettings(text).ok && text.split('"old-model"').length === 2);

describe('random settings files', () => {
  it('change in the bytes of the value only', () => {
    fc.assert(
      fc.property(anyFile, fc.string({ minLength: 1 }), ({ text }, model) => {
        const [before, after] = text.split('"old-model"');
        expect(edited(text, { ANTHROPIC_MODEL: model })).toBe(`${before}${JSON.stringify(model)}${after}`);
      }),
      { numRuns: rounds(200, 10_000) },
    );
  });

  it('gain and lose a setting without anything else changing its meaning or order', () => {
    fc.assert(
      fc.property(anyFile, ({ text, value }) => {
        const added = edited(text, { ANTHROPIC_EXTRA_MODELS: 'x,y' });
        const now = JSON.parse(added.replace(/^\ufeff/, '')) as typeof value;
        const { ANTHROPIC_EXTRA_MODELS: extra, ...others } = now.env as Record<string, unknown>;
        expect(extra).toBe('x,y');
        const { ANTHROPIC_EXTRA_MODELS: _before, ...expected } = value.env as Record<string, unknown>;
        expect(JSON.stringify({ ...now, env: others })).toBe(JSON.stringify({ ...value, env: expected }));
        if (!('ANTHROPIC_EXTRA_MODELS' in value.env))
          expect(edited(added, { ANTHROPIC_EXTRA_MODELS: null })).toBe(text);
      }),
      { numRuns: rounds(200, 10_000) },
    );
  });

  it('show no key, and come back whole from what is shown', () => {
    fc.assert(
      fc.property(anyFile, ({ text, token }) => {
        const file = settings(text);
        const shown = maskSecrets(file);
        expect(shown).not.toContain(token);
        expect(shown).toContain(`‹kept …${token.slice(-4)}›`);
        // A random text may hold a marker's signs itself: then it can't be told from one.
        if (!/[‹›…]/.test(text)) expect(editRaw(file, shown)).toEqual({ ok: true, value: text });
      }),
      { numRuns: rounds(200, 10_000) },
    );
  });
});

describe('a raw text', () => {
  const file = settings(PLAIN);
  const shown = maskSecrets(file);
  const marker = '‹kept …6789›';

  it('shows a marker for each secret value, whatever its name or place', () => {
    const many = `{"env": {"ANTHROPIC_API_KEY": "${TOKEN}", "MY_PASSWORD": "hunter2hunter2", "X_SECRET": 5,
      "MAX_THINKING_TOKENS": "32000", "ANTHROPIC_BASE_URL": "https://user:pass-word@x.test/"},
      "mcp": {"tokens": ["${TOKEN}x"], "note": "uses ${TOKEN} here"}, "apiKeyHelper": "cat k"}`;
    const masked = maskSecrets(settings(many));
    expect(masked).not.toMatch(/canary|hunter2|pass-word|: 5/);
    expect(masked).toContain('"32000"');
    expect(masked).toContain('"cat k"');
    expect(editRaw(settings(many), masked)).toEqual({ ok: true, value: many });
  });

  it('keeps the value of a marker while all around it changes', () => {
    const typed = shown.replace('glm-5', 'glm-6').replace('"hooks": { "a": [1, 2] },', '');
    const result = editRaw(file, typed);
    expect(result.ok && result.value).toBe(typed.replace(marker, TOKEN));
  });

  it('takes a new value in the place of a marker', () => {
    const result = editRaw(file, shown.replace(marker, 'sk-test-new'));
    expect(result.ok && result.value).toBe(PLAIN.replace(TOKEN, 'sk-test-new'));
  });

  it.each([
    ['changed', (text: string) => text.replace('6789', '6780')],
    ['cut', (text: string) => text.replace(marker, '‹kept …')],
    ['moved to another name', (text: string) => text.replace('AUTH_TOKEN', 'API_KEY')],
    ['copied', (text: string) => text.replace('"glm-5"', `"${marker}"`)],
    ['put into a longer value', (text: string) => text.replace(marker, `Bearer ${marker}`)],
    [
      'written with escapes elsewhere',
      (text: string) => text.replace('"glm-5"', '"\\u2039kept \\u20266789\\u203a"'),
    ],
    ['used as a name', (text: string) => text.replace('"OTHER"', `"${marker}"`)],
  ])('refuses a marker that was %s', (_how, change) => {
    const typed = change(shown);
    expect(typed).not.toBe(shown);
    const result = editRaw(file, typed);
    expect(result.ok ? 'taken' : result.error.code).toBe('marker-changed');
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });

  it('refuses a masked value as a key', () => {
    const result = editRaw(file, shown.replace(marker, '…6789'));
    expect(result).toEqual({ ok: false, error: { code: 'profile-value-invalid', field: 'secret' } });
  });

  it('refuses a marker where the file has nothing to keep', () => {
    const result = editRaw(null, shown);
    expect(result.ok ? 'taken' : result.error.code).toBe('marker-changed');
    expect(editRaw(null, PLAIN)).toEqual({ ok: true, value: PLAIN });
  });

  it('refuses what is no settings file, with its line', () => {
    const refusal = (typed: string): unknown => editRaw(file, typed);
    expect(refusal('{\n  "env": {\n}')).toEqual({
      ok: false,
      error: { code: 'raw-invalid', detail: 'not-json', line: 3 },
    });
    expect(refusal('[]')).toMatchObject({ error: { detail: 'not-object' } });
    expect(refusal('{\n"env": []}')).toMatchObject({ error: { detail: 'env-not-object', line: 2 } });
    expect(refusal(' ')).toMatchObject({ error: { detail: 'empty' } });
  });
});

describe('the places of a JSON text', () => {
  it('are those of its values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', '  '), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const place = locateJson(text);
        expect(JSON.parse(text.slice(place?.start, place?.end))).toEqual(JSON.parse(text));
      }),
      { numRuns: rounds(200, 5_000) },
    );
  });

  it('are not sought without end', () => {
    expect(locateJson('['.repeat(100_000) + ']'.repeat(100_000))).toBeNull();
  });
});
