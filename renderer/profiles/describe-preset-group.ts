import { assertNever } from '../../shared/result.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { PresetGroupName } from './group-presets.ts';

/** The head of a group of presets. */
export function describePresetGroup(group: PresetGroupName): string {
  switch (group) {
    case 'providers':
      return m.profiles_presets_providers();
    case 'local':
      return m.profiles_presets_local();
    case 'other-clients':
      return m.profiles_presets_other_clients();
    default:
      return assertNever(group);
  }
}
