import { describe, expect, it } from 'vitest';
import { listModels } from '../../shared/catalog/filter-models.ts';
import { sampleModel } from '../../shared/catalog/testing/sample-models.ts';
import { suggestModels } from './suggest-models.ts';

const MODELS = listModels({
  providers: [
    {
      provider: 'agy',
      displayName: 'Antigravity',
      defaultModel: '',
      models: [sampleModel('claude-opus'), sampleModel('gemini-pro'), sampleModel('my-gpt')],
    },
    {
      provider: 'claude',
      displayName: 'Claude',
      defaultModel: '',
      models: [sampleModel('claude-opus'), sampleModel('claude-opus-next'), sampleModel('old-claude')],
    },
  ],
});

function offered(typed: string, own: 'claude' | null = null): readonly string[] {
  return suggestModels(MODELS, { typed, present: typed, own }).shown.map(({ model }) => model.id);
}

describe('the models that are proposed', () => {
  it('are each told once, with all providers that have it', () => {
    expect(
      suggestModels(MODELS, { typed: 'claude-opus', present: 'claude-opus', own: null }).shown[0],
    ).toMatchObject({
      model: { id: 'claude-opus' },
      providers: ['Antigravity', 'Claude'],
    });
  });

  it('begin with those of the profile’s own provider', () => {
    expect(offered('', 'claude')).toEqual([
      'claude-opus',
      'claude-opus-next',
      'old-claude',
      'gemini-pro',
      'my-gpt',
    ]);
  });

  it('have one of just this id first, whoever has it', () => {
    expect(offered('GEMINI-PRO', 'claude')[0]).toBe('gemini-pro');
    expect(offered('claude-opus', 'claude')).toEqual(['claude-opus', 'claude-opus-next']);
  });

  it('have what the field holds first, also where nothing was typed yet', () => {
    const ask = { typed: '', present: 'my-gpt', own: 'claude' } as const;
    expect(suggestModels(MODELS, ask).shown[0]?.model.id).toBe('my-gpt');
  });

  it('have those that begin so before those that only contain it', () => {
    expect(offered('g')).toEqual(['gemini-pro', 'my-gpt']);
    expect(offered('claude', 'claude')).toEqual(['claude-opus', 'claude-opus-next', 'old-claude']);
  });

  it('have every word that was typed', () => {
    expect(offered('next opus')).toEqual(['claude-opus-next']);
    expect(offered('nothing such')).toEqual([]);
  });

  it('are fifty at most, and it is told that there are more', () => {
    const models = Array.from({ length: 60 }, (_, at) => sampleModel(`gpt-${at}`));
    const many = listModels({
      providers: [{ provider: 'codex', displayName: 'OpenAI Codex', defaultModel: '', models }],
    });
    const ask = { typed: 'gpt', present: 'gpt', own: null };
    expect(suggestModels(many, ask)).toMatchObject({ isCut: true });
    expect(suggestModels(many, ask).shown).toHaveLength(50);
    expect(suggestModels(many.slice(0, 50), ask)).toMatchObject({ isCut: false });
  });
});
