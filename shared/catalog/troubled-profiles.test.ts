import { describe, expect, it } from 'vitest';
import type { ProviderCatalog } from '../schema/catalog.ts';
import type { ProfileStatus } from '../schema/status.ts';
import { indexModels } from './judge-model.ts';
import { sampleCatalog, sampleModel } from './testing/sample-models.ts';
import { findTroubledProfiles } from './troubled-profiles.ts';

const CLAUDE: ProviderCatalog = {
  provider: 'claude',
  displayName: 'Claude',
  defaultModel: 'claude-new',
  models: [
    sampleModel('claude-new'),
    sampleModel('claude-old', { deprecated: true }),
    sampleModel('claude-bad', { broken: true }),
  ],
};
const INDEX = indexModels(sampleCatalog([CLAUDE]));

function profile(
  name: string,
  models: readonly string[],
  baseUrl = 'https://api.anthropic.com',
): Pick<ProfileStatus, 'name' | 'entry'> {
  const key = { present: true, last4: null, fingerprint: 'f' };
  return { name, entry: { prefix: `${name}-`, baseUrl, models, key } };
}

describe('the profiles whose models something speaks against', () => {
  it('are told in their order, each with its first such model', () => {
    const profiles = [
      profile('fine', ['claude-new']),
      profile('old', ['claude-new', 'claude-old', 'claude-bad']),
      profile('bad', ['claude-bad']),
      profile('odd', ['claude-nonesuch']),
    ];
    const found = findTroubledProfiles(INDEX, profiles);
    expect(found.map(({ profile: name, model, trouble }) => [name, model, trouble.kind])).toEqual([
      ['old', 'claude-old', 'deprecated'],
      ['bad', 'claude-bad', 'broken'],
      ['odd', 'claude-nonesuch', 'unknown'],
    ]);
  });

  it('are none that is left out, and none of a provider that the catalog does not know', () => {
    const profiles = [{ name: 'skipped', entry: null }, profile('glm', ['claude-bad'], 'https://glm.test')];
    expect(findTroubledProfiles(INDEX, profiles)).toEqual([]);
  });
});
