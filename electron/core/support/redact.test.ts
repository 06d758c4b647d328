import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

describe('redact', () => {
  it.each([
    'sk-test-canary-0123456789',
    'sk-ant-api03-abcdef_ghi',
    'AIzaSyA1234567890abcdefghijk',
    'hf_abcdefghijkl',
    'Bearer abc.def',
    '$2a$10$abcdefghijklmnopqrstuvwxyz',
  ])('hides %s wherever it stands', (key) => {
    expect(JSON.stringify(redact({ a: [`before ${key} after`], b: { c: key } }))).not.toContain(key.slice(7));
  });

  it('hides any text under the name of a secret', () => {
    expect(
      redact({ token: 'plain', env: { ANTHROPIC_API_KEY: 'x', apiKey: 'y' }, Authorization: 'z' }),
    ).toEqual({
      token: '…',
      env: { ANTHROPIC_API_KEY: '…', apiKey: '…' },
      Authorization: '…',
    });
  });

  it('leaves everything else as it is', () => {
    const line = {
      path: '/home/ana/.ccs/config.yaml',
      hash: 'a'.repeat(64),
      n: 3,
      none: null,
      on: true,
      list: ['glm'],
    };
    expect(redact(line)).toEqual(line);
  });
});
