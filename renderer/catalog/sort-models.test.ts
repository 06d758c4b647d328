import { describe, expect, it } from 'vitest';
import { listModels } from '../../shared/catalog/filter-models.ts';
import { sampleModel } from '../../shared/catalog/testing/sample-models.ts';
import { nextSort, type Sort, sortModels } from './sort-models.ts';

const MODELS = listModels({
  providers: [
    {
      provider: 'agy',
      displayName: 'Antigravity',
      defaultModel: '',
      models: [
        sampleModel('b', { name: 'gpt 10', contextLength: 200, outputLimit: 5 }),
        sampleModel('unknown', { name: 'Zeta' }),
        sampleModel('a', { name: 'GPT 9', contextLength: 1000, outputLimit: 5 }),
      ],
    },
  ],
});

function idsBy(sort: Sort | null): readonly string[] {
  return sortModels(MODELS, sort, 'en').map(({ model }) => model.id);
}

describe('sorted models', () => {
  it('stand as the catalog has them until a column is chosen', () => {
    expect(idsBy(null)).toEqual(['b', 'unknown', 'a']);
  });

  it('go by name in any case, with numbers in them as numbers', () => {
    expect(idsBy({ key: 'name', descending: false })).toEqual(['a', 'b', 'unknown']);
    expect(idsBy({ key: 'name', descending: true })).toEqual(['unknown', 'b', 'a']);
  });

  it('have those of unknown length last, whichever way', () => {
    expect(idsBy({ key: 'context', descending: true })).toEqual(['a', 'b', 'unknown']);
    expect(idsBy({ key: 'context', descending: false })).toEqual(['b', 'a', 'unknown']);
  });

  it('keep their order where they are equal', () => {
    expect(idsBy({ key: 'output', descending: true })).toEqual(['b', 'a', 'unknown']);
  });

  it('go one way, the other, and back to the catalog’s order with each press', () => {
    const first = nextSort(null, 'context');
    const second = nextSort(first, 'context');
    expect([first, second, nextSort(second, 'context')]).toEqual([
      { key: 'context', descending: true },
      { key: 'context', descending: false },
      null,
    ]);
    expect(nextSort(first, 'name')).toEqual({ key: 'name', descending: false });
  });
});
