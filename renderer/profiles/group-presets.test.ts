import { describe, expect, it } from 'vitest';
import { listPresets } from '../../electron/core/profiles/presets.ts';
import { groupPresets } from './group-presets.ts';

function ids(query: string): readonly (readonly string[])[] {
  return groupPresets(listPresets(), query).map(({ name, presets }) => [
    name,
    ...presets.map(({ id }) => id),
  ]);
}

describe('the picker of presets', () => {
  it('puts what runs on this computer and what is for other clients apart', () => {
    expect(ids('').slice(1)).toEqual([
      ['local', 'ollama', 'llamacpp'],
      ['other-clients', 'huggingface'],
    ]);
    expect(groupPresets(listPresets(), '').flatMap(({ presets }) => presets)).toHaveLength(
      listPresets().length,
    );
  });

  it('finds by name, alias, model and address', () => {
    expect(ids('kimi')).toEqual([['providers', 'km']]);
    expect(ids('glmt')).toEqual([['providers', 'glm']]);
    expect(ids('azure.com')).toEqual([['providers', 'foundry']]);
    expect(ids('ollama cloud')).toEqual([['providers', 'ollama-cloud']]);
    expect(ids('nobody')).toEqual([]);
  });
});
