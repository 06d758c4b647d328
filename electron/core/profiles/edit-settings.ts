import { err, ok, type Result } from '../../../shared/result.ts';
import type { ProfileError } from '../../../shared/errors.ts';
import { applySplices, type Splice } from '../yaml/splice.ts';
import { insertMember, removeMembers, replaceValue } from './edit-json.ts';
import { memberOf } from './json-places.ts';
import { type EnvChanges, FIELD_NAMES } from './profile-fields.ts';
import { restoreSecrets } from './secret-markers.ts';
import { envText, parseSettings, type SettingsText } from './settings-text.ts';

/**
 * Changes values of `env` and nothing else: order, unknown keys, indentation, line breaks, byte order mark and the
 * end of the file stay as they are. A value that is already so is not written again.
 */
export function editEnv(settings: SettingsText, changes: EnvChanges): string {
  let current = settings;
  for (const [name, value] of changes) {
    const splices = envSplices(current, name, value);
    const edited = parseSettings(applySplices(current.text, splices));
    if (!edited.ok) throw new Error(`The edit of ${name} broke the file: ${edited.error.detail}`);
    current = edited.value;
  }
  return current.text;
}

function envSplices(
  { text, root, env }: SettingsText,
  name: string,
  value: string | null,
): readonly Splice[] {
  if (env === null)
    return value === null ? [] : [insertMember({ text, place: root }, ['env', { [name]: value }], [])];
  const object = { text, place: env };
  if (value === null) return removeMembers(object, name);
  const member = memberOf(env, name);
  if (member === null) return [insertMember(object, [name, value], namesBefore(name))];
  return envText({ text, root, env }, name) === value ? [] : [replaceValue(member, value)];
}

/** The names that CCS writes before this one. */
function namesBefore(name: string): readonly string[] {
  const names: readonly string[] = Object.values(FIELD_NAMES);
  return names.slice(0, Math.max(0, names.indexOf(name)));
}

/**
 * The text that a typed one means for the file: markers give way to the file's values. Where the file is none that
 * markers can be made of (`file` null), the typed text counts as it is. Errors: `raw-invalid`, `marker-changed`,
 * `profile-value-invalid`.
 */
export function editRaw(file: SettingsText | null, typedText: string): Result<string, ProfileError> {
  const typed = parseSettings(typedText);
  if (!typed.ok) return err({ code: 'raw-invalid', ...typed.error });
  const base = file ?? emptySettings();
  const restored = restoreSecrets(base, typed.value);
  if (!restored.ok) {
    const { code, line } = restored.error;
    return err(
      code === 'marker-changed' ? { code, line } : { code: 'profile-value-invalid', field: 'secret' },
    );
  }
  // A text field shows no byte order mark and gives none back.
  const mark = base.text.startsWith('\ufeff') && !restored.value.startsWith('\ufeff') ? '\ufeff' : '';
  return ok(mark + restored.value);
}

function emptySettings(): SettingsText {
  const empty = parseSettings('{}');
  if (!empty.ok) throw new Error('An empty object is a settings file');
  return empty.value;
}
