import { describe, expect, it } from 'vitest';
import { profiles, SKIPPED } from '../../electron/testing/glance-profiles.ts';
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

  it('does not find a profile by its key', () => {
    expect(found('3f9a')).toEqual([]);
  });
});
