import { describe, expect, it } from 'vitest';
import { findPreset, listPresets, presetBaseUrl } from './presets.ts';
import { checkProfileName } from '../../../shared/rules/profile-name.ts';

describe('the presets', () => {
  it('are found by id and by alias', () => {
    const found = ['glmt', 'kimi', 'alibaba', 'acp', 'hf', 'qwen'].map((name) => findPreset(name)?.id);
    expect(found).toEqual(['glm', 'km', 'alibaba-coding-plan', 'alibaba-coding-plan', 'huggingface', 'qwen']);
    expect(findPreset('nowhere')).toBeNull();
  });

  it('propose names that CCS takes, each once, and have no name twice', () => {
    const presets = listPresets();
    expect(presets.filter(({ profileName }) => !checkProfileName(profileName).ok)).toEqual([]);
    const names = presets.flatMap(({ id, aliases }) => [id, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(presets.map(({ profileName }) => profileName)).size).toBe(14);
  });

  it('have no base URL that the proxy would double, but for the one that it never gets', () => {
    const doubled = listPresets().filter(({ baseUrl }) => baseUrl.endsWith('/v1'));
    expect(doubled.map(({ id, target }) => `${id} ${target}`)).toEqual(['huggingface droid']);
  });

  it('ask for an Azure resource and take only what can be one', () => {
    const foundry = listPresets().find(({ asksResource }) => asksResource);
    if (foundry === undefined) throw new Error('no preset asks for a resource');
    expect(presetBaseUrl(foundry, ' my-res ')).toBe('https://my-res.services.ai.azure.com/api/anthropic');
    for (const bad of [null, '', 'a.b', 'a/b', 'a@b', '-a']) expect(presetBaseUrl(foundry, bad)).toBeNull();
  });
});
