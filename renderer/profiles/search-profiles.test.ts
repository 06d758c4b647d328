import { describe, expect, it } from 'vitest';
import { profile, profiles, SKIPPED } from '../../electron/testing/glance-profiles.ts';
import { searchProfiles } from './search-profiles.ts';

const all = [...profiles({ km: 'held' }), ...SKIPPED];

function found(query: string): readonly string[] {
  return searchProfiles(all, query).map(({ name }) => name);
}

describe('the search', () => {
  it('finds all where nothing is asked for', () => {
    expect(searchProfiles(all, '  ')).toBe(all);
  });

  it.each([
    ['a name', 'OPENR', ['openrouter']],
    ['a model', 'kimi', ['hf', 'km']],
    ['a base URL', 'gateway.example', ['my.custom-1']],
    ['a state', 'held', ['km']],
    ['a reason', 'placeholder', ['qwen']],
    ['an unknown word', 'zzz', []],
  ])('looks at %s', (_what, query, names) => {
    expect(found(query)).toEqual(names);
  });

  it('wants every word, in any order and place', () => {
    expect(found('synced qwen')).toEqual(['openrouter']);
  });

  it('puts the profile of that very name first, then those whose name has it', () => {
    const { entry } = profile('glm');
    const named = ['albb', 'my-glm', 'glm-2', 'glm'].map((name) => ({ ...profile(name), entry }));
    const names = searchProfiles(named, 'GLM').map(({ name }) => name);
    expect(names).toEqual(['glm', 'glm-2', 'my-glm', 'albb']);
  });

  it('does not find a profile by its key', () => {
    expect(found('3f9a')).toEqual([]);
  });
});
