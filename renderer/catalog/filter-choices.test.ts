import { describe, expect, it } from 'vitest';
import { listModels, NO_FILTER } from '../../shared/catalog/filter-models.ts';
import { sampleModel } from '../../shared/catalog/testing/sample-models.ts';
import { countFilters, filterChoices, isNarrowed, providerChoices } from './filter-choices.ts';

const PROVIDERS = [
  {
    provider: 'gemini',
    displayName: 'Google Gemini',
    defaultModel: '',
    models: [
      sampleModel('pro', { tier: 'pro', inputModalities: ['text', 'image'], outputModalities: ['text'] }),
      sampleModel('flash', { inputModalities: ['text', 'audio'] }),
    ],
  },
  { provider: 'xai', displayName: 'xAI', defaultModel: '', models: [sampleModel('grok')] },
] as const;
const MODELS = listModels({ providers: PROVIDERS });

describe('the choices of the filters', () => {
  it('are what some model has, each once', () => {
    expect(filterChoices(MODELS)).toEqual({
      tiers: ['', 'pro'],
      inputs: ['audio', 'image', 'text'],
      outputs: ['text'],
    });
  });

  it('tell how many models of each provider the other filters leave, also none', () => {
    expect(providerChoices(PROVIDERS, MODELS.slice(0, 1))).toEqual([
      { provider: 'gemini', name: 'Google Gemini', count: 1 },
      { provider: 'xai', name: 'xAI', count: 0 },
    ]);
  });

  it('count what is set in the panel, where models without a tier are a choice as well', () => {
    expect(countFilters(NO_FILTER)).toBe(0);
    expect(countFilters({ ...NO_FILTER, tier: '', thinking: 'no', output: 'text' })).toBe(3);
    expect(countFilters({ ...NO_FILTER, search: 'x', provider: 'xai' })).toBe(0);
  });

  it('are told to narrow the list by anything but blanks', () => {
    expect(isNarrowed(NO_FILTER)).toBe(false);
    expect(isNarrowed({ ...NO_FILTER, search: '  ' })).toBe(false);
    expect(isNarrowed({ ...NO_FILTER, search: 'x' })).toBe(true);
    expect(isNarrowed({ ...NO_FILTER, provider: 'xai' })).toBe(true);
    expect(isNarrowed({ ...NO_FILTER, source: 'both' })).toBe(true);
  });
});
