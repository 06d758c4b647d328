import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CatalogModel, type CatalogProvider } from '../../../shared/schema/catalog.ts';
import { expectedModels } from '../../testing/expected-models.ts';
import { mergeCatalog } from './merge-catalog.ts';
import { readRemoteModels } from './remote-model.ts';
import { staticFacts, staticProvider } from './static-facts.ts';

const FIXTURES = join(import.meta.dirname, '../../testing/fixtures/model-definitions');

function definitions(channel: string): readonly Record<string, unknown>[] {
  const file = JSON.parse(readFileSync(join(FIXTURES, `${channel}.json`), 'utf8')) as {
    readonly models: readonly Record<string, unknown>[];
  };
  return file.models;
}

const known = {
  displayName: 'Some',
  defaultModel: 'one',
  models: [
    {
      id: 'One',
      name: 'One of ours',
      tier: 'pro',
      deprecated: true,
      deprecationReason: 'old',
      issueUrl: 'https://example.org/1',
      nativeImageInput: true,
      extendedContext: false,
      thinking: { type: 'levels' as const, levels: ['low'], maxLevel: 'low', dynamicAllowed: true },
    },
    { id: 'two', name: 'Two' },
  ],
};

function merge(remote: readonly unknown[], facts: typeof known | null = known): readonly CatalogModel[] {
  return mergeCatalog({ provider: 'gemini', known: facts, remote: readRemoteModels(remote) }).models;
}

describe('the merged catalog', () => {
  it('takes name, limits and thinking from the proxy, and keeps what only we know', () => {
    const [one] = merge([
      {
        id: 'one',
        display_name: 'One, live',
        version: '3',
        description: 'fast',
        context_length: 1_000_000,
        max_completion_tokens: 64_000,
        supportedOutputModalities: ['text'],
        thinking: { min: 1, max: 9, zero_allowed: false, levels: ['low', 'high'] },
      },
    ]);
    expect(one).toEqual({
      id: 'one',
      name: 'One, live',
      version: '3',
      description: 'fast',
      contextLength: 1_000_000,
      outputLimit: 64_000,
      inputModalities: ['text', 'image'],
      outputModalities: ['text'],
      thinking: {
        budget: { min: 1, max: 9 },
        levels: ['low', 'high'],
        maxLevel: 'low',
        zeroAllowed: false,
        dynamicAllowed: null,
      },
      tier: 'pro',
      broken: false,
      deprecated: true,
      deprecationReason: 'old',
      issueUrl: 'https://example.org/1',
      extendedContext: true,
      source: 'both',
    });
  });

  it('keeps our thinking, name and context where the proxy says nothing of them', () => {
    const [one] = merge([{ id: 'ONE' }]);
    expect(one).toMatchObject({
      id: 'ONE',
      name: 'One of ours',
      extendedContext: false,
      contextLength: null,
      thinking: { levels: ['low'], maxLevel: 'low', dynamicAllowed: true },
    });
  });

  it('adds what only the proxy has, and keeps what only we have', () => {
    expect(merge([{ id: 'new', inputTokenLimit: 5, outputTokenLimit: 6 }])).toMatchObject([
      { id: 'new', name: 'new', source: 'remote', contextLength: 5, outputLimit: 6, tier: null },
      { id: 'One', source: 'static' },
      { id: 'two', source: 'static' },
    ]);
  });

  it('serves a provider that we bring no facts of', () => {
    expect(
      mergeCatalog({ provider: 'xai', known: null, remote: readRemoteModels([{ id: 'grok' }]) }),
    ).toMatchObject({ displayName: 'xAI', defaultModel: 'grok' });
  });

  it.each([
    { what: 'no object', items: [null, 1, 'x', []] },
    { what: 'no id', items: [{ display_name: 'x' }, { id: '' }, { id: 5 }] },
  ])('leaves out what has $what', ({ items }) => {
    expect(merge([...items, { id: 'a' }], null).map(({ id }) => id)).toEqual(['a']);
  });

  it('takes the first of two models whose ids differ only in case', () => {
    expect(
      merge(
        [
          { id: 'a', version: '1' },
          { id: 'A', version: '2' },
        ],
        null,
      ),
    ).toMatchObject([{ id: 'a', version: '1' }]);
  });

  it('loses no model to a field that is not what it should be', () => {
    const odd = {
      id: 'a',
      display_name: 7,
      context_length: -1,
      thinking: 'yes',
      supportedInputModalities: [1],
    };
    expect(merge([odd], null)).toMatchObject([{ id: 'a', name: 'a', contextLength: null, thinking: null }]);
  });
});

describe.each([
  ['agy', 'antigravity'],
  ['gemini', 'gemini'],
  ['codex', 'codex'],
  ['claude', 'claude'],
] as const)('the catalog of %s', (provider: CatalogProvider, channel) => {
  it('is what the rules, written another way, make of what the real server answered', () => {
    const remote = definitions(channel);
    const facts = staticProvider(staticFacts(), provider);
    const { models } = mergeCatalog({ provider, known: facts, remote: readRemoteModels(remote) });
    expect(models).toEqual(expectedModels(remote, facts?.models ?? []));
    for (const model of models) expect(CatalogModel.safeParse(model).success).toBe(true);
  });
});
