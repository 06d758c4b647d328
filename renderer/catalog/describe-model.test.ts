import { describe, expect, it } from 'vitest';
import type { CatalogModel } from '../../shared/schema/catalog.ts';
import { sampleModel } from '../../shared/catalog/testing/sample-models.ts';
import { describeModel } from './describe-model.ts';

const FULL: Partial<CatalogModel> = {
  contextLength: 200_000,
  outputLimit: 64_000,
  tier: 'pro',
  version: '4.6',
  inputModalities: ['text', 'image'],
  outputModalities: ['text'],
  extendedContext: false,
  thinking: {
    budget: { min: 1024, max: 64_000 },
    levels: [],
    maxLevel: 'high',
    zeroAllowed: true,
    dynamicAllowed: false,
  },
};

function facts(over: Partial<CatalogModel>): Readonly<Record<string, readonly [string, string | null]>> {
  const model = sampleModel('m', over);
  const listed = {
    provider: 'claude',
    providerName: 'Claude',
    isDefault: false,
    model,
    searchText: '',
  } as const;
  return Object.fromEntries(describeModel(listed, 'en').map(({ id, value, from }) => [id, [value, from]]));
}

describe('what is known of a model', () => {
  it('has the proxy’s word for limits, ours for the tier, and either for what both may say', () => {
    expect(facts({ ...FULL, source: 'both' })).toEqual({
      provider: ['Claude', null],
      context: ['200,000 tokens', 'remote'],
      output: ['64,000 tokens', 'remote'],
      extended: ['no', 'remote'],
      thinking: ['1,024-64,000 tokens', 'either'],
      'max-level': ['high', 'static'],
      off: ['yes', 'either'],
      dynamic: ['no', 'either'],
      in: ['text, image', 'either'],
      out: ['text', 'remote'],
      tier: ['pro', 'static'],
      version: ['4.6', 'remote'],
    });
  });

  it('is all from one side where the other does not have the model', () => {
    expect(facts({ ...FULL, tier: null, thinking: null, source: 'remote' })).toMatchObject({
      context: ['200,000 tokens', 'remote'],
      in: ['text, image', 'remote'],
    });
    expect(facts({ thinking: FULL.thinking ?? null, source: 'static' })).toMatchObject({
      thinking: ['1,024-64,000 tokens', 'static'],
    });
  });

  it('names limits that nobody says as unknown, and leaves out the rest', () => {
    expect(facts({ source: 'static' })).toEqual({
      provider: ['Claude', null],
      context: ['unknown', null],
      output: ['unknown', null],
    });
  });
});
