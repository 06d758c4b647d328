import { describe, expect, it } from 'vitest';
import type { CatalogState, ProviderCatalog } from '../schema/catalog.ts';
import { indexModels, judgeModel } from './judge-model.ts';
import { sampleCatalog, sampleModel } from './testing/sample-models.ts';

const CLAUDE: ProviderCatalog = {
  provider: 'claude',
  displayName: 'Claude',
  defaultModel: 'claude-sonnet-5',
  models: [
    sampleModel('claude-sonnet-5'),
    sampleModel('claude-haiku-4-5-20251001'),
    sampleModel('claude-old', { deprecated: true, deprecationReason: 'Gone in spring.' }),
    sampleModel('claude-bad', { broken: true, deprecated: true }),
  ],
};
const GEMINI: ProviderCatalog = {
  provider: 'gemini',
  displayName: 'Google Gemini',
  defaultModel: 'gemini-worn',
  models: [
    sampleModel('gemini-worn', { deprecated: true }),
    sampleModel('claude-sonnet-5', { broken: true }),
  ],
};
const ANTHROPIC = 'https://api.anthropic.com';

function judged(model: string, baseUrl = ANTHROPIC, state: Partial<CatalogState> = {}) {
  return judgeModel(indexModels(sampleCatalog([CLAUDE, GEMINI], state)), baseUrl, model);
}

describe('a model that a profile names', () => {
  it.each([
    ['claude-sonnet-5'],
    ['  Claude-Sonnet-5 '],
    ['claude-sonnet-5[1m]'],
    ['claude-sonnet-5(high)'],
    ['claude-haiku-4-5'],
    ['claude-haiku-4-5-latest'],
    ['claude-sonnet-5-20260101'],
    ['opus'],
    ['sonnet[1m]'],
    [''],
  ])('is not warned of where its provider has it: %j', (model) => {
    expect(judged(model)).toBeNull();
  });

  it('is told to be deprecated with its reason, and the default of its provider instead', () => {
    expect(judged('claude-old')).toEqual({
      kind: 'deprecated',
      provider: 'claude',
      providerName: 'Claude',
      reason: 'Gone in spring.',
      replacement: 'claude-sonnet-5',
    });
  });

  it('is another one where only its date differs', () => {
    expect(judged('claude-haiku-4-5-20250101')?.kind).toBe('unknown');
  });

  it('is told to be broken before it is told to be deprecated', () => {
    expect(judged('claude-bad')?.kind).toBe('broken');
  });

  it('is told to be unknown where the list of its provider lacks it', () => {
    expect(judged('claude-sonet-5')).toMatchObject({ kind: 'unknown', replacement: 'claude-sonnet-5' });
    expect(judged('claude-sonet-5', '')).toMatchObject({ kind: 'unknown' });
  });

  it.each<[string, Partial<CatalogState>]>([
    ['only built-in facts', { origin: { kind: 'static' } }],
    ['an old list', { origin: { kind: 'stale', fetchedMs: 0, from: null } }],
    ['a list that the last refresh did not bring', { failed: [{ provider: 'claude', why: 'no-answer' }] }],
  ])('is not told to be unknown by %s, but still to be deprecated', (_, state) => {
    expect(judged('claude-next', ANTHROPIC, state)).toBeNull();
    expect(judged('claude-old', ANTHROPIC, state)?.kind).toBe('deprecated');
  });

  it('is not judged by other providers: theirs may be broken where its own is not', () => {
    expect(judged('claude-sonnet-5')).toBeNull();
    expect(judged('claude-sonnet-5', 'http://127.0.0.1:8317/api/provider/gemini')?.kind).toBe('broken');
  });

  it.each(['https://api.z.ai/api/anthropic', 'https://openrouter.ai/api', 'not an address'])(
    'is not judged where the catalog knows nothing of who is asked: %s',
    (baseUrl) => {
      expect(judged('claude-old', baseUrl)).toBeNull();
      expect(judged('anything', baseUrl)).toBeNull();
    },
  );

  it('gets no replacement that is in trouble itself', () => {
    const baseUrl = 'https://proxy.example.test/api/provider/gemini/v1';
    expect(judged('gemini-worn', baseUrl)).toMatchObject({ kind: 'deprecated', replacement: null });
    expect(judged('gemini-none', baseUrl)).toMatchObject({ kind: 'unknown', replacement: null });
  });

  it('is not judged by a provider that the catalog has nothing of', () => {
    expect(judged('grok-9', 'https://api.x.ai')).toBeNull();
  });
});
