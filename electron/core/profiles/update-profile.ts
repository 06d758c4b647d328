import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { UpdateProfile } from '../../../shared/schema/profile.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { editEnv, editRaw } from './edit-settings.ts';
import { MAX_SETTINGS_BYTES, openProfile, type OpenProfile, viewProfile } from './find-profile.ts';
import { setProfileTarget } from './create-profile.ts';
import { refuseClaudesOwn } from './own-file.ts';
import { parseProfile } from './parse-profile.ts';
import { envChangesOf } from './profile-fields.ts';
import { replaceSettingsFile } from './settings-file.ts';

/**
 * Changes a profile's file: known settings by a splice, or the whole text with markers in the place of secrets.
 * Errors: `profile-changed-since` (with the newer one) where the file is not that of `version`,
 * `profile-value-invalid`, `raw-invalid`, `marker-changed`, `profile-unreadable`, `profile-unwritable`.
 */
export async function updateProfile(
  context: SyncContext,
  request: UpdateProfile,
): Promise<Result<void, AppError>> {
  const found = await openProfile(context, request.name);
  if (!found.ok) return found;
  const profile = found.value;
  const own = refuseClaudesOwn(profile);
  if (!own.ok) return own;
  if (profile.version !== request.version) return changedSince(context, profile);
  const { change } = request;
  if (change.kind === 'target') return setProfileTarget(context, profile, change.target);
  const text = edited(profile, change);
  if (!text.ok) return text;
  if (Buffer.from(text.value).equals(profile.bytes)) return ok(undefined);
  const written = await replaceSettingsFile(profile.path, text.value, profile.version);
  if (!written.ok) return written;
  if (written.value === 'written') return ok(undefined);
  const newer = await openProfile(context, request.name);
  return newer.ok ? changedSince(context, newer.value) : newer;
}

type TextChange = Exclude<UpdateProfile['change'], { kind: 'target' }>;

function edited(profile: OpenProfile, change: TextChange): Result<string, AppError> {
  const { settings, path } = profile;
  if (change.kind === 'fields') {
    if (!settings.ok) return err({ code: 'profile-unreadable', path, ...settings.error });
    const env = envChangesOf(change.set, settings.value);
    return env.ok ? ok(editEnv(settings.value, env.value)) : env;
  }
  const text = editRaw(settings.ok ? settings.value : null, change.text);
  if (!text.ok) return text;
  const bytes = Buffer.from(text.value);
  if (bytes.length > MAX_SETTINGS_BYTES) return err({ code: 'raw-invalid', detail: 'too-large', line: null });
  const content = parseProfile(bytes);
  return content.state === 'read'
    ? text
    : err({ code: 'raw-invalid', detail: content.detail, line: content.line });
}

function changedSince(context: SyncContext, profile: OpenProfile): Result<never, AppError> {
  const newer = viewProfile(context, profile);
  return newer.ok ? err({ code: 'profile-changed-since', name: profile.name, newer: newer.value }) : newer;
}
