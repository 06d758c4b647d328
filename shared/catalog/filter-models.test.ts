import { describe, expect, it } from 'vitest';
import type { Catalog, CatalogModel } from '../schema/catalog.ts';
import { filterModels, findModels, listModels, type ModelFilter, NO_FILTER } from './filter-models.ts';
import { sampleModel } from './testing/sample-models.ts';

function model(id: string, over: Partial<CatalogModel> = {}): CatalogModel {
  return sampleModel(id, { source: 'static', ...over });
}

const levels = { budget: null, levels: ['low'], maxLevel: null, zeroAllowed: null, dynamicAllowed: null };

const catalog: Catalog = {
  state: {
    origin: { kind: 'static' },
    asks: null,
    refreshing: false,
    models: 4,
    fault: null,
    failed: [],
    cacheProblem: null,
  },
  staticFacts: { date: '2026-01-01', from: 'a test' },
  providers: [
    {
      provider: 'gemini',
      displayName: 'Google',
      defaultModel: 'pro',
      models: [
        model('pro', {
          tier: 'pro',
          thinking: levels,
          contextLength: 1000,
          inputModalities: ['text', 'image'],
          outputModalities: ['text'],
        }),
        model('flash', {
          description: 'Fast and small',
          source: 'both',
          thinking: { ...levels, levels: [] },
        }),
      ],
    },
    {
      provider: 'codex',
      displayName: 'OpenAI',
      defaultModel: 'gpt',
      models: [model('gpt', { deprecated: true, source: 'remote' }), model('Pro', { broken: true })],
    },
  ],
};

function idsWith(filter: Partial<ModelFilter>): readonly string[] {
  return filterModels(listModels(catalog), { ...NO_FILTER, ...filter }).map(({ model }) => model.id);
}

describe('the list of models', () => {
  it('has all of them in order, with their provider and whether they are its default', () => {
    expect(
      listModels(catalog).map(({ provider, model, isDefault }) => [provider, model.id, isDefault]),
    ).toEqual([
      ['gemini', 'pro', true],
      ['gemini', 'flash', false],
      ['codex', 'gpt', true],
      ['codex', 'Pro', false],
    ]);
  });

  it.each<[Partial<ModelFilter>, readonly string[]]>([
    [{}, ['pro', 'flash', 'gpt', 'Pro']],
    [{ search: 'FAST small' }, ['flash']],
    [{ search: 'pro fast' }, []],
    [{ search: 'gpt' }, ['gpt']],
    [{ provider: 'codex' }, ['gpt', 'Pro']],
    [{ tier: 'pro' }, ['pro']],
    [{ tier: '' }, ['flash', 'gpt', 'Pro']],
    [{ thinking: 'yes' }, ['pro']],
    [{ thinking: 'no' }, ['flash', 'gpt', 'Pro']],
    [{ contextLength: 1000 }, ['pro']],
    [{ contextLength: 1001 }, []],
    [{ input: 'image' }, ['pro']],
    [{ output: 'text' }, ['pro']],
    [{ output: 'image' }, []],
    [{ trouble: 'only' }, ['gpt', 'Pro']],
    [{ trouble: 'none' }, ['pro', 'flash']],
    [{ source: 'both' }, ['flash']],
    [{ trouble: 'only', source: 'remote' }, ['gpt']],
  ])('narrowed to %j has %j', (filter, ids) => {
    expect(idsWith(filter)).toEqual(ids);
  });

  it('finds a model by its id in any case, at each provider that has it', () => {
    expect(findModels(listModels(catalog), 'PRO').map(({ provider }) => provider)).toEqual([
      'gemini',
      'codex',
    ]);
  });
});
