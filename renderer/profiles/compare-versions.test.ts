import { describe, expect, it } from 'vitest';
import type { Profile } from '../../shared/schema/profile.ts';
import { compareVersions } from './compare-versions.ts';
import { formOf } from './profile-form.ts';

const KEY = { present: true, last4: '3f9a', fingerprint: 'fingerprint-1' };

function profile(fields: Partial<NonNullable<Profile['fields']>> = {}): Profile {
  return {
    name: 'glm',
    path: '/home/ana/.ccs/glm.settings.json',
    registered: true,
    target: 'claude',
    version: '1',
    fields: {
      baseUrl: 'https://api.z.ai/api/anthropic',
      model: 'glm-5',
      extraModels: [],
      opusModel: '',
      sonnetModel: '',
      haikuModel: '',
      key: KEY,
      ...fields,
    },
    raw: null,
    fault: null,
  };
}

describe('an edit beside a newer version of the file', () => {
  it('shows only what differs, and whose change it is', () => {
    const form = { ...formOf(profile()), model: 'mine' };
    const found = compareVersions(form, profile(), profile({ haikuModel: 'glm-5-air' }));
    expect(found.map(({ field, mine, theirs, isMine }) => ({ field, mine, theirs, isMine }))).toEqual([
      { field: 'model', mine: 'mine', theirs: 'glm-5', isMine: true },
      { field: 'haikuModel', mine: '(nothing)', theirs: 'glm-5-air', isMine: false },
    ]);
  });

  it('is nothing to choose where both say the same', () => {
    const form = { ...formOf(profile()), model: 'glm-6' };
    expect(compareVersions(form, profile(), profile({ model: 'glm-6' }))).toEqual([]);
  });

  it('shows keys only masked, also the one that was typed', () => {
    const newer = profile({ key: { present: true, last4: '81bd', fingerprint: 'fingerprint-2' } });
    const typed = compareVersions({ ...formOf(profile()), key: 'sk-test-typed' }, profile(), newer);
    expect(JSON.stringify(typed)).not.toContain('sk-test');
    expect(typed).toMatchObject([{ field: 'key', theirs: '…81bd', isMine: true }]);
    expect(compareVersions(formOf(profile()), profile(), newer)).toMatchObject([
      { field: 'key', mine: '…3f9a', theirs: '…81bd', isMine: false },
    ]);
  });
});
