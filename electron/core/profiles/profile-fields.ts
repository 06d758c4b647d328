import type { ProfileError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import {
  isBaseUrl,
  isKeyText,
  isListedModelName,
  isModelName,
} from '../../../shared/rules/profile-values.ts';
import type { ProfileChanges, ProfileFields } from '../../../shared/schema/profile.ts';
import type { Fingerprint } from '../plan/owned-entry.ts';
import { maskKey, maskUrl } from '../plan/mask.ts';
import { envText, type SettingsText } from './settings-text.ts';

/** The names in a settings file's `env` that the form knows, in the order in which CCS writes them. */
export const FIELD_NAMES = {
  baseUrl: 'ANTHROPIC_BASE_URL',
  key: 'ANTHROPIC_AUTH_TOKEN',
  model: 'ANTHROPIC_MODEL',
  opusModel: 'ANTHROPIC_DEFAULT_OPUS_MODEL',
  sonnetModel: 'ANTHROPIC_DEFAULT_SONNET_MODEL',
  haikuModel: 'ANTHROPIC_DEFAULT_HAIKU_MODEL',
  extraModels: 'ANTHROPIC_EXTRA_MODELS',
} as const;

/** New values of `env` by name; null takes the name out. */
export type EnvChanges = ReadonlyMap<string, string | null>;

/** What the form shows of a settings file: no key, and a base URL without what may be secret in it. */
export function readFields(settings: SettingsText, fingerprint: Fingerprint): ProfileFields {
  const value = (field: keyof typeof FIELD_NAMES): string =>
    envText(settings, FIELD_NAMES[field])?.trim() ?? '';
  return {
    baseUrl: maskUrl(value('baseUrl')),
    model: value('model'),
    extraModels: namesIn(value('extraModels')),
    opusModel: value('opusModel'),
    sonnetModel: value('sonnetModel'),
    haikuModel: value('haikuModel'),
    key: maskKey(value('key'), fingerprint),
  };
}

/**
 * What a change of the form does to `env`. A value that is masked, or no value of its kind, is refused without
 * being told: `profile-value-invalid`.
 */
export function envChangesOf(
  set: ProfileChanges,
  current: SettingsText | null,
): Result<EnvChanges, ProfileError> {
  const changes = new Map<string, string | null>();
  const put = (field: keyof typeof FIELD_NAMES, value: string): void => {
    changes.set(FIELD_NAMES[field], value === '' ? null : value);
  };
  if (set.baseUrl !== undefined) {
    const baseUrl = set.baseUrl.trim();
    const present = current === null ? '' : (envText(current, FIELD_NAMES.baseUrl)?.trim() ?? '');
    // A form that was not touched gives the masked address back, which stands for the file's own.
    const isUntouched = present !== '' && baseUrl === maskUrl(present);
    if (!isUntouched && !isBaseUrl(baseUrl)) return err({ code: 'profile-value-invalid', field: 'base-url' });
    if (!isUntouched) put('baseUrl', baseUrl);
  }
  if (set.key !== undefined) {
    const key = set.key.trim();
    if (!isKeyText(key)) return err({ code: 'profile-value-invalid', field: 'key' });
    put('key', key);
  }
  for (const field of ['model', 'opusModel', 'sonnetModel', 'haikuModel'] as const) {
    const value = set[field]?.trim();
    if (value === undefined) continue;
    if (!isModelName(value)) return err({ code: 'profile-value-invalid', field: 'model' });
    put(field, value);
  }
  if (set.extraModels !== undefined) {
    const names = set.extraModels.map((name) => name.trim()).filter((name) => name !== '');
    if (!names.every(isListedModelName)) return err({ code: 'profile-value-invalid', field: 'model' });
    put('extraModels', names.join(','));
  }
  return ok(changes);
}

function namesIn(list: string): readonly string[] {
  const names = list.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '');
}
