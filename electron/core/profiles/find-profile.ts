import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Profile } from '../../../shared/schema/profile.ts';
import { peekHome } from '../sync/home.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { RegisteredProfile } from './ccs-config.ts';
import { readFields } from './profile-fields.ts';
import { readCcsConfig } from './read-ccs-config.ts';
import { readRegularFile } from './regular-file.ts';
import { maskSecrets } from './secret-markers.ts';
import { type SettingsFault, type SettingsText, settingsTextOf } from './settings-text.ts';

/** Settings files are some hundred bytes; what is larger than this is none. */
export const MAX_SETTINGS_BYTES = 1024 * 1024;

/** Where a profile is, or would be. */
export interface ProfilePlace {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly registered: boolean;
  /** As the registry says, `claude` where it says nothing. */
  readonly target: string;
  /** Another registered profile that uses the same file. */
  readonly sharedWith: string | null;
}

/** A profile with its file as it stands. */
export interface OpenProfile extends ProfilePlace {
  readonly bytes: Buffer;
  readonly version: string;
  readonly settings: Result<SettingsText, SettingsFault>;
}

/**
 * Finds a profile by its name: in CCS's registry (the last one that could be read), else as a file of the CCS
 * directory that the registry does not know under another name. It need not exist: null then.
 */
export async function placeOf(
  context: SyncContext,
  name: string,
): Promise<Result<ProfilePlace | null, AppError>> {
  const registry = await readRegistry(context);
  if (!registry.ok) return registry;
  const own = registry.value.find((profile) => profile.name === name);
  const path = own?.settingsPath ?? usualPath(context, name);
  if (path === null) return ok(null);
  const real = realPathOf(path);
  const other = registry.value.find(
    (profile) => profile.name !== name && realPathOf(profile.settingsPath) === real,
  );
  if (own === undefined && other !== undefined) return ok(null);
  const place = { name, path, registered: own !== undefined, target: own?.target ?? 'claude' };
  return ok({ ...place, sharedWith: other?.name ?? null });
}

/** The same with the file's content. Errors: `unknown-profile`, `profile-unreadable`. */
export async function openProfile(
  context: SyncContext,
  name: string,
): Promise<Result<OpenProfile, AppError>> {
  const place = await placeOf(context, name);
  if (!place.ok) return place;
  if (place.value === null) return err({ code: 'unknown-profile', name });
  const { path, registered } = place.value;
  const file = readRegularFile(path, MAX_SETTINGS_BYTES);
  if (!file.ok) {
    if (file.error === 'not-found' && !registered) return err({ code: 'unknown-profile', name });
    return err({ code: 'profile-unreadable', path, detail: file.error, line: null });
  }
  const { bytes } = file.value;
  return ok({ ...place.value, bytes, version: versionOf(bytes), settings: settingsTextOf(bytes) });
}

/** What a client sees of a profile: no key. */
export function viewProfile(context: SyncContext, profile: OpenProfile): Result<Profile, AppError> {
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  if (!home.ok) return home;
  const { name, path, registered, target, version, settings } = profile;
  const place = { name, path, registered, target, version };
  if (!settings.ok) return ok({ ...place, fields: null, raw: null, fault: settings.error });
  const fields = readFields(settings.value, home.value.fingerprint);
  return ok({ ...place, fields, raw: maskSecrets(settings.value), fault: null });
}

/** SHA-256 of the file's bytes: what tells one version from another. */
export function versionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Where CCS puts the file of a profile; null for a name that is no file name. */
export function usualPath({ ccsDirectory }: Pick<SyncContext, 'ccsDirectory'>, name: string): string | null {
  return name === '' || /^\.|[\\/\0]/.test(name) ? null : join(ccsDirectory, `${name}.settings.json`);
}

async function readRegistry(context: SyncContext): Promise<Result<readonly RegisteredProfile[], AppError>> {
  const reading = await readCcsConfig(context);
  if (reading.state === 'read') return ok(reading.config.profiles);
  if (reading.state === 'absent') return ok([]);
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  if (!home.ok) return home;
  return home.value.memory.registry === null ? err(reading.error) : ok(home.value.memory.registry);
}

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
