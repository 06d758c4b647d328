import { describe, expect, it } from 'vitest';
import { changedFields, changesOf, formOf, problemsOf, rebased } from './profile-form.ts';

const profile = {
  target: 'claude',
  fields: {
    baseUrl: 'https://api.z.ai/api/anthropic',
    model: 'glm-5',
    extraModels: ['glm-5-air', 'glm-5v'],
    opusModel: 'glm-5',
    sonnetModel: 'glm-5',
    haikuModel: '',
    key: { present: true, last4: '3f9a', fingerprint: 'fingerprint-glm' },
  },
};
const start = formOf(profile);

describe('the form of a profile', () => {
  it('never holds the key that is there, not even masked', () => {
    expect(start.key).toBe('');
    expect(JSON.stringify(start)).not.toContain('3f9a');
  });

  it('is empty where the file can not be read', () => {
    expect(formOf({ fields: null, target: 'droid' })).toMatchObject({
      baseUrl: '',
      extraModels: '',
      target: 'droid',
    });
  });

  it('saves only what was changed', () => {
    expect(changesOf(start, start)).toEqual({});
    expect(changesOf({ ...start, model: ' glm-6 ', key: 'sk-test-1' }, start)).toEqual({
      model: 'glm-6',
      key: 'sk-test-1',
    });
  });

  it('leaves the key alone where nothing is typed for it', () => {
    expect(changesOf({ ...start, baseUrl: '' }, start)).toEqual({ baseUrl: '' });
  });

  it('saves the client by another way than the file', () => {
    const form = { ...start, target: 'droid' };
    expect(changedFields(form, start)).toEqual(['target']);
    expect(changesOf(form, start)).toEqual({});
  });

  it('takes one model a line and forgets empty lines', () => {
    expect(changesOf({ ...start, extraModels: 'a\n\n  b \n' }, start)).toEqual({ extraModels: ['a', 'b'] });
    expect(changesOf({ ...start, extraModels: '' }, start)).toEqual({ extraModels: [] });
  });

  it.each([
    ['baseUrl', 'api.z.ai/api'],
    ['baseUrl', 'https://user:…@host'],
    ['key', 'sk-test-ключ'],
    ['key', '…3f9a'],
    ['model', 'glm\u0007'],
    ['extraModels', 'a, b'],
  ] as const)('says at once what is wrong with %s: %s', (field, value) => {
    expect(Object.keys(problemsOf({ ...start, [field]: value }, start))).toEqual([field]);
  });

  it('finds no fault with what it got from the file', () => {
    const odd = { ...start, baseUrl: 'https://…@host' };
    expect(problemsOf(odd, odd)).toEqual({});
  });

  it('keeps what was typed on a newer version, and takes everything else from it', () => {
    const newer = { ...start, model: 'glm-6', haikuModel: 'glm-6-air' };
    expect(rebased({ ...start, model: 'mine', key: 'sk-test-2' }, start, newer)).toEqual({
      ...newer,
      model: 'mine',
      key: 'sk-test-2',
    });
  });
});
