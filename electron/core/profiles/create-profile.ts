import { mkdir } from 'node:fs/promises';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type {
  CopyProfile,
  CreateProfile,
  Preset,
  ProfileChanges,
  ProfileTarget,
} from '../../../shared/schema/profile.ts';
import { errnoOf } from '../files/file-failure.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { prepareCcsEdit } from './ccs-config-file.ts';
import { underCcsLock } from './ccs-config-lock.ts';
import { openProfile, placeOf, type ProfilePlace, usualPath } from './find-profile.ts';
import { readRegularFile } from './regular-file.ts';
import { findPreset, presetBaseUrl } from './presets.ts';
import { envChangesOf } from './profile-fields.ts';
import { checkProfileName } from '../../../shared/rules/profile-name.ts';
import { createSettingsFile, removeSettingsFile } from './settings-file.ts';

type Done = Promise<Result<void, AppError>>;

/**
 * Makes a profile from a preset or blank, and registers it the way CCS does, so that `ccs <name>` works. Errors:
 * `profile-name-invalid`, `profile-exists`, `unknown-preset`, `preset-incomplete`, `profile-value-invalid`, and
 * those of writing the file and CCS's config.yaml; nothing is left behind then.
 */
export async function createProfile(context: SyncContext, request: CreateProfile): Done {
  const preset = request.preset === null ? null : findPreset(request.preset);
  if (request.preset !== null && preset === null)
    return err({ code: 'unknown-preset', name: request.preset });
  const fields = fieldsOf(request, preset);
  if (!fields.ok) return fields;
  const env = envChangesOf(fields.value, null);
  if (!env.ok) return env;
  const settings: Record<string, string> = {};
  for (const [name, value] of env.value) if (value !== null) settings[name] = value;
  // As CCS does: a key of this name in the environment would be sent to OpenRouter instead.
  if (preset?.id === 'openrouter') settings['ANTHROPIC_API_KEY'] = '';
  const made = await makeDirectory(context);
  if (!made.ok) return made;
  const bytes = Buffer.from(`${JSON.stringify({ env: settings }, null, 2)}\n`);
  return makeProfile(
    context,
    { name: request.name, target: request.target ?? preset?.target ?? 'claude' },
    bytes,
  );
}

/** Makes a copy of a profile under another name: the file's bytes, and its target in the registry. */
export async function duplicateProfile(context: SyncContext, { name, to }: CopyProfile): Done {
  const source = await openProfile(context, name);
  if (!source.ok) return source;
  return makeProfile(context, { name: to, target: source.value.target }, source.value.bytes);
}

/** Tells CCS of a settings file that it does not know, so that `ccs <name>` works. Known ones stay as they are. */
export async function registerProfile(context: SyncContext, name: string): Done {
  return underCcsLock(context, async () => {
    const found = await openProfile(context, name);
    if (!found.ok) return found;
    if (found.value.registered) return ok(undefined);
    const checked = checkProfileName(name);
    return checked.ok ? register(context, found.value) : checked;
  });
}

/** Sets the client that CCS starts for a profile; one that CCS does not know is registered with it. */
export async function setProfileTarget(
  context: SyncContext,
  place: ProfilePlace,
  target: ProfileTarget,
): Done {
  const { name, registered } = place;
  const checked = registered ? ok(undefined) : checkProfileName(name);
  if (!checked.ok) return checked;
  return underCcsLock(context, async () => {
    if (!registered) return register(context, { ...place, target });
    const edit = prepareCcsEdit(context.ccsDirectory, {
      op: 'target',
      name,
      target: target === 'claude' ? null : target,
    });
    return edit.ok ? edit.value.write() : edit;
  });
}

/** Writes the registry's line for a profile; to be called under CCS's lock. */
export async function register(
  context: SyncContext,
  { name, path, target }: Pick<ProfilePlace, 'name' | 'path' | 'target'>,
): Done {
  const edit = prepareCcsEdit(context.ccsDirectory, {
    op: 'register',
    name,
    settings: settingsValue(context, name, path),
    target: target === 'claude' ? null : target,
  });
  return edit.ok ? edit.value.write() : edit;
}

/** A path as CCS writes it: with `~/.ccs/` for its directory, wherever that is. */
export function settingsValue(context: SyncContext, name: string, path: string): string {
  return path === usualPath(context, name) ? `~/.ccs/${name}.settings.json` : path;
}

/** Whether a name is free: not registered, and no file is where its own would be. Error: `profile-exists`. */
export async function checkFree(
  context: SyncContext,
  name: string,
): Promise<Result<{ readonly path: string }, AppError>> {
  const place = await placeOf(context, name);
  if (!place.ok) return place;
  if (place.value === null || place.value.registered) return err({ code: 'profile-exists', name });
  const file = readRegularFile(place.value.path, 0);
  const isFree = !file.ok && file.error === 'not-found';
  return isFree ? ok({ path: place.value.path }) : err({ code: 'profile-exists', name });
}

async function makeProfile(
  context: SyncContext,
  profile: { readonly name: string; readonly target: string },
  bytes: Uint8Array,
): Done {
  const { name, target } = profile;
  const checked = checkProfileName(name);
  if (!checked.ok) return checked;
  return underCcsLock(context, async () => {
    const free = await checkFree(context, name);
    if (!free.ok) return free;
    const { path } = free.value;
    const created = await createSettingsFile({ name, path }, bytes);
    if (!created.ok) return created;
    const registered = await register(context, { name, path, target });
    if (!registered.ok) await removeSettingsFile(path);
    return registered;
  });
}

/** What the user named, else what the preset says; as CCS does, one model stands for all that are not named. */
function fieldsOf(request: CreateProfile, preset: Preset | null): Result<ProfileChanges, AppError> {
  const { fields, resource } = request;
  const model = fields.model ?? preset?.model ?? '';
  const models = { model, opusModel: model, sonnetModel: model, haikuModel: model };
  const typedKey = fields.key?.trim() ?? '';
  if (preset === null) return ok({ ...models, ...fields });
  const baseUrl = fields.baseUrl ?? presetBaseUrl(preset, resource);
  if (baseUrl === null) return err({ code: 'preset-incomplete', preset: preset.id, missing: 'resource' });
  if (typedKey === '' && preset.needsKey)
    return err({ code: 'preset-incomplete', preset: preset.id, missing: 'key' });
  const key = typedKey === '' ? preset.id : typedKey;
  return ok({ ...models, ...fields, baseUrl, key });
}

/** CCS may never have run: its directory is made the way it makes it. */
async function makeDirectory({ ccsDirectory }: SyncContext): Done {
  try {
    await mkdir(ccsDirectory, { recursive: true, mode: 0o700 });
    return ok(undefined);
  } catch (error) {
    return err({ code: 'ccs-directory-unreadable', path: ccsDirectory, reason: errnoOf(error) });
  }
}
