import { assertNever } from '../../shared/result.ts';
import { keyVariableOf } from '../../shared/rules/target-id.ts';
import type { KeySource } from '../../shared/schema/remote.ts';
import * as m from '../../shared/words/generated/messages.js';

/** Where a management key can be kept on this host. */
export function keyPlaces(
  keyring: boolean,
): readonly { readonly value: KeySource; readonly label: string }[] {
  return [
    { value: 'file', label: m.targets_key_in_file() },
    ...(keyring ? [{ value: 'keyring' as const, label: m.targets_key_in_keyring() }] : []),
    { value: 'environment', label: m.targets_key_in_environment() },
  ];
}

/** What keeping it there means. `id`: of the target, or what it is going to be. */
export function keyPlaceHint(source: KeySource, id: string): string {
  const variable = `\`${keyVariableOf(id)}\``;
  switch (source) {
    case 'file':
      return m.targets_key_in_file_hint();
    case 'keyring':
      return m.targets_key_in_keyring_hint({ variable });
    case 'environment':
      return m.targets_key_in_environment_hint({ variable });
    default:
      return assertNever(source);
  }
}
