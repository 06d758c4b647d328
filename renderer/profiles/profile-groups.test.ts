import { describe, expect, it } from 'vitest';
import { profile, profiles, SKIPPED } from '../../electron/testing/glance-profiles.ts';
import { countNeedsYou, groupProfiles, knownProfiles } from './profile-groups.ts';

describe('the groups of the list', () => {
  it('puts what needs a person first and what is left out rightly last', () => {
    const groups = groupProfiles([...profiles({ km: 'held', openrouter: 'review' }), ...SKIPPED]);

    expect(groups.map(({ name, profiles: members }) => [name, members.map(({ name: of }) => of)])).toEqual([
      [
        'needs-you',
        [
          'lost',
          'broken',
          'unreadable',
          'deepseek',
          'minimax',
          'qwen',
          'pasted',
          'дом',
          'my_custom-1',
          'mimo',
        ],
      ],
      ['for-this-proxy', ['glm', 'hf', 'km', 'my.custom-1', 'openrouter']],
      [
        'not-for-this-proxy',
        ['default', 'scratch', 'gpt', 'loop', 'gemini', 'shared', 'base-claude', 'config', 'agy', 'glm-copy'],
      ],
    ]);
  });

  it('leaves out groups without a profile', () => {
    expect(groupProfiles([profile('glm')]).map(({ name }) => name)).toEqual(['for-this-proxy']);
    expect(groupProfiles([])).toEqual([]);
  });

  it('counts only those that need a person', () => {
    expect(countNeedsYou(profiles({ km: 'review' }))).toBe(0);
    expect(countNeedsYou([...profiles(), ...SKIPPED])).toBe(10);
  });

  it('tells none at all from not known yet', () => {
    expect(knownProfiles(null)).toBeNull();
    expect(knownProfiles({ activity: { kind: 'starting' }, profiles: [] })).toBeNull();
    expect(knownProfiles({ activity: { kind: 'idle' }, profiles: [] })).toEqual([]);
  });
});
