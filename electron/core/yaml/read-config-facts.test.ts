import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentOf } from './editing.test-data.ts';
import { readConfigFacts } from './read-config-facts.ts';

const DEFAULTS = {
  host: '',
  port: 8317,
  tls: false,
  apiKeys: [],
  secretKey: '',
  forceModelPrefix: false,
  authDir: '',
  otherModelNames: new Set(),
};

describe('readConfigFacts', () => {
  it('gives the defaults for an empty file', () => {
    expect(readConfigFacts(documentOf(''))).toEqual(DEFAULTS);
  });

  it('reads what stands there, through aliases too', () => {
    const text = `
host: 127.0.0.1
port: 18317
tls: &tls
  enable: true
api-keys: &keys
  - "one"
  - 2
  -
  - [three]
remote-management:
  secret-key: '$2a$10$x'
force-model-prefix: true
auth-dir: ~/.auth
gemini-api-key:
  - api-key: k
    models:
      - {name: gemini-2, alias: flash}
      - name: gemini-3
        alias: ""
openai-compatibility:
  - name: groq
    models: [{name: llama}]
vertex-api-key: words
codex-api-key: [{models: [{alias: codex}]}]
xai-api-key: [{models: [{name: grok}]}]
`;
    const facts = {
      host: '127.0.0.1',
      port: 18317,
      tls: true,
      apiKeys: ['one', '2'],
      secretKey: '$2a$10$x',
      forceModelPrefix: true,
      authDir: '~/.auth',
      otherModelNames: new Set(['flash', 'gemini-3', 'llama', 'codex']),
    };
    expect(readConfigFacts(documentOf(text))).toEqual(facts);
    const aliased = text.replace('api-keys: &keys', 'x: &keys').replace('tls: &tls', 'y: &tls');
    expect(readConfigFacts(documentOf(`${aliased}api-keys: *keys\ntls: *tls\n`))).toEqual(facts);
  });

  it('takes the default for a value of a wrong type', () => {
    const text =
      'host: [a]\nport: eighty\ntls: true\napi-keys: one\nremote-management: x\nforce-model-prefix: "true"\nauth-dir: {}\ngemini-api-key: {a: 1}\n';
    expect(readConfigFacts(documentOf(text))).toEqual(DEFAULTS);
  });

  it('reads the example configuration', () => {
    const path = new URL('../../testing/fixtures/cliproxyapi/config.example.yaml', import.meta.url);
    expect(readConfigFacts(documentOf(readFileSync(path, 'utf8')))).toEqual({
      ...DEFAULTS,
      apiKeys: ['your-api-key-1', 'your-api-key-2', 'your-api-key-3'],
      authDir: '~/.cli-proxy-api',
    });
  });
});
