import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { DeletedProfile } from '../../../shared/schema/profile.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { prepareCcsEdit } from './ccs-config-file.ts';
import { underCcsLock } from './ccs-config-lock.ts';
import { checkFree, register } from './create-profile.ts';
import { MAX_SETTINGS_BYTES, placeOf, type ProfilePlace } from './find-profile.ts';
import { refuseShared } from './own-file.ts';
import { dropFromTrash, listTrash, putInTrash, readTrash } from './profile-trash.ts';
import { readRegularFile } from './regular-file.ts';
import { createSettingsFile, removeSettingsFile } from './settings-file.ts';

/**
 * Deletes a profile as CCS does: its file, and its line in the registry. It can be brought back for 30 days. Its
 * entry in a target goes with the next sync. Errors: `unknown-profile`, `profile-unreadable` (what can't be read
 * can't be kept), `profile-not-alone`, and those of the registry and the state folder.
 */
export async function deleteProfile(
  context: SyncContext,
  name: string,
): Promise<Result<DeletedProfile, AppError>> {
  // Those whose time is over go at this occasion.
  const purged = await listTrash(context);
  if (!purged.ok) return purged;
  return underCcsLock(context, async () => {
    const found = await placeOf(context, name);
    if (!found.ok) return found;
    const place = found.value;
    if (place === null) return err({ code: 'unknown-profile', name });
    const alone = refuseShared(place);
    if (!alone.ok) return alone;
    const bytes = readBytes(place);
    return bytes.ok ? takeOut(context, place, bytes.value) : bytes;
  });
}

/** Brings a deleted profile back, registered as it was. Errors: `unknown-deleted`, `profile-exists`. */
export async function undeleteProfile(
  context: SyncContext,
  id: string,
): Promise<Result<{ readonly name: string }, AppError>> {
  const kept = await readTrash(context, id);
  if (!kept.ok) return kept;
  const { name, path, registered, target, bytes } = kept.value;
  const restored = await underCcsLock(context, async () => {
    const free = await checkFree(context, name);
    if (!free.ok) return free;
    const created =
      bytes === null ? ok(undefined) : await createSettingsFile({ name, path }, Buffer.from(bytes, 'base64'));
    if (!created.ok || !registered) return created;
    const known = await register(context, { name, path, target });
    if (!known.ok && bytes !== null) await removeSettingsFile(path);
    return known;
  });
  if (!restored.ok) return restored;
  const dropped = await dropFromTrash(context, id);
  return dropped.ok ? ok({ name }) : dropped;
}

/** Null where a registered profile has no file. */
function readBytes({ name, path, registered }: ProfilePlace): Result<Buffer | null, AppError> {
  const file = readRegularFile(path, MAX_SETTINGS_BYTES);
  if (file.ok) return ok(file.value.bytes);
  if (file.error !== 'not-found')
    return err({ code: 'profile-unreadable', path, detail: file.error, line: null });
  return registered ? ok(null) : err({ code: 'unknown-profile', name });
}

async function takeOut(
  context: SyncContext,
  place: ProfilePlace,
  bytes: Buffer | null,
): Promise<Result<DeletedProfile, AppError>> {
  const { name, path, registered, target } = place;
  const edit = registered ? prepareCcsEdit(context.ccsDirectory, { op: 'unregister', name }) : null;
  if (edit?.ok === false) return edit;
  const kept = await putInTrash(context, {
    name,
    path,
    registered,
    target,
    bytes: bytes?.toString('base64') ?? null,
  });
  if (!kept.ok) return kept;
  const written = edit === null ? ok(undefined) : await edit.value.write();
  const removed = written.ok ? await removeSettingsFile(path) : written;
  if (removed.ok) return kept;
  await dropFromTrash(context, kept.value.id);
  return removed;
}
