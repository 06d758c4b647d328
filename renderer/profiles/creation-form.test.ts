import { describe, expect, it } from 'vitest';
import { findPreset, listPresets } from '../../electron/core/profiles/presets.ts';
import { CreateProfile } from '../../shared/schema/profile.ts';
import { creationForm, creationProblems, creationRequest, missingField } from './creation-form.ts';

const glm = findPreset('glm');
const foundry = findPreset('foundry');
const ollama = findPreset('ollama');

describe('a new profile', () => {
  it.each(listPresets())('begins right with the preset $id', (preset) => {
    expect(creationProblems(creationForm(preset, []), [])).toEqual({});
  });

  it('gets a name that is free', () => {
    expect(creationForm(glm, ['glm']).name).toBe('glm-2');
    expect(creationForm(glm, ['GLM', 'glm-2']).name).toBe('glm-3');
  });

  it('says nothing that the preset says already', () => {
    const form = { ...creationForm(glm, []), key: ' sk-test-1 ' };
    expect(creationRequest(form, glm)).toEqual({
      name: 'glm',
      preset: 'glm',
      resource: null,
      fields: { key: 'sk-test-1' },
      target: null,
    });
  });

  it('says what differs from the preset, even that it is empty', () => {
    const form = { ...creationForm(glm, []), baseUrl: '', model: 'glm-6', key: 'sk-test-1' };
    expect(creationRequest(form, glm).fields).toEqual({ baseUrl: '', model: 'glm-6', key: 'sk-test-1' });
  });

  it('says all of itself where it is blank', () => {
    const form = { ...creationForm(null, []), name: ' mine ', baseUrl: 'https://a.example.test' };
    const request = creationRequest(form, null);
    expect(request).toMatchObject({
      name: 'mine',
      preset: null,
      fields: { baseUrl: 'https://a.example.test', model: '' },
    });
    expect(CreateProfile.parse(request)).toEqual(request);
  });

  it('takes its address from the resource where the preset asks for one', () => {
    const form = { ...creationForm(foundry, []), resource: ' mine ', key: 'sk-test-1' };
    expect(creationRequest(form, foundry)).toMatchObject({ resource: 'mine', fields: { key: 'sk-test-1' } });
    expect(creationRequest(form, foundry).fields).not.toHaveProperty('baseUrl');
  });

  it('tells the first thing that is missing', () => {
    expect(missingField(creationForm(null, []), null)).toBe('name');
    expect(missingField(creationForm(foundry, []), foundry)).toBe('resource');
    expect(missingField(creationForm(glm, []), glm)).toBe('key');
    expect(missingField(creationForm(ollama, []), ollama)).toBeNull();
  });

  it.each([
    ['name', '1st'],
    ['name', 'GLM'],
    ['name', 'default'],
    ['baseUrl', 'ftp://a.example.test'],
    ['key', '…3f9a'],
  ] as const)('tells at once what is wrong with %s: %s', (field, value) => {
    const form = { ...creationForm(glm, []), name: 'fresh', [field]: value };
    expect(Object.keys(creationProblems(form, ['glm']))).toEqual([field]);
  });
});
