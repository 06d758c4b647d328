import type { Preset } from '../../shared/schema/profile.ts';

/** Where the presets stand in the picker. */
export type PresetGroupName = 'providers' | 'local' | 'other-clients';

export interface PresetGroup {
  readonly name: PresetGroupName;
  readonly presets: readonly Preset[];
}

/** Groups presets for the picker; those that need no key run on the user's own computer. */
export function groupPresets(presets: readonly Preset[], query: string): readonly PresetGroup[] {
  const found = presets.filter((preset) => fits(preset, query));
  return (['providers', 'local', 'other-clients'] as const)
    .map((name) => ({ name, presets: found.filter((preset) => groupOf(preset) === name) }))
    .filter((group) => group.presets.length > 0);
}

function groupOf({ needsKey, target }: Preset): PresetGroupName {
  if (target !== 'claude') return 'other-clients';
  return needsKey ? 'providers' : 'local';
}

function fits({ id, name, aliases, model, baseUrl }: Preset, query: string): boolean {
  const text = [id, name, ...aliases, model, baseUrl].join('\n').toLocaleLowerCase();
  const words = query
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.every((word) => text.includes(word));
}
