import { describe, expect, it } from 'vitest';
import type { ProfileFields } from '../../shared/schema/profile.ts';
import { hostOf, useModel } from './use-model.ts';

const FIELDS: ProfileFields = {
  baseUrl: 'https://api.example.test:8443/claude',
  model: 'old',
  extraModels: ['one', 'two'],
  opusModel: '',
  sonnetModel: '',
  haikuModel: '',
  key: { present: true, last4: '3f9a', fingerprint: 'f' },
};

describe('a model that is put into a profile', () => {
  it('takes the place of what was there, and the way back is known', () => {
    expect(useModel(FIELDS, 'model', 'new')).toEqual({
      before: 'old',
      after: 'new',
      set: { model: 'new' },
      back: { model: 'old' },
    });
    expect(useModel(FIELDS, 'opusModel', 'new')).toMatchObject({ before: '', back: { opusModel: '' } });
  });

  it('is added to the extra models', () => {
    expect(useModel(FIELDS, 'extraModels', 'new')).toEqual({
      before: 'one, two',
      after: 'one, two, new',
      set: { extraModels: ['one', 'two', 'new'] },
      back: { extraModels: ['one', 'two'] },
    });
  });

  it('changes nothing where it is there already', () => {
    expect(useModel(FIELDS, 'model', 'old')).toBeNull();
    expect(useModel(FIELDS, 'extraModels', 'two')).toBeNull();
  });

  it('tells whom the profile asks, if it names somebody', () => {
    expect(hostOf({ fields: FIELDS })).toBe('api.example.test:8443');
    expect(hostOf({ fields: { ...FIELDS, baseUrl: '' } })).toBeNull();
    expect(hostOf({ fields: null })).toBeNull();
  });
});
