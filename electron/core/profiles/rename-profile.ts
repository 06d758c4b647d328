import { link } from 'node:fs/promises';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CopyProfile } from '../../../shared/schema/profile.ts';
import { errnoOf } from '../files/file-failure.ts';
import { peekHome, updateHome } from '../sync/home.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { prepareCcsEdit } from './ccs-config-file.ts';
import { underCcsLock } from './ccs-config-lock.ts';
import { checkFree, settingsValue } from './create-profile.ts';
import { openProfile, type OpenProfile, usualPath } from './find-profile.ts';
import { refuseShared } from './own-file.ts';
import { checkProfileName } from '../../../shared/rules/profile-name.ts';
import { createSettingsFile, removeSettingsFile } from './settings-file.ts';

/**
 * Renames a profile: its file where that is named after it, its line in CCS's registry, and the user's word to keep
 * it out. Its entry in a target stays and gets the new prefix with the next sync, because key and base URL are the
 * same. The new file is there before the old one goes, so that a kill leaves at worst a copy.
 */
export async function renameProfile(
  context: SyncContext,
  { name, to }: CopyProfile,
): Promise<Result<void, AppError>> {
  const checked = checkProfileName(to);
  if (!checked.ok) return checked;
  const renamed = await underCcsLock(context, async () => {
    const found = await openProfile(context, name);
    if (!found.ok) return found;
    const alone = refuseShared(found.value);
    if (!alone.ok) return alone;
    const free = await checkFree(context, to);
    return free.ok ? move(context, found.value, { name: to, path: free.value.path }) : free;
  });
  return renamed.ok ? keepExcluded(context, name, to) : renamed;
}

async function move(
  context: SyncContext,
  profile: OpenProfile,
  to: { readonly name: string; readonly path: string },
): Promise<Result<void, AppError>> {
  const { name, path, registered, bytes } = profile;
  // A file that the user put elsewhere stays where it is.
  const isNamedAfter = path === usualPath(context, name);
  const settings = isNamedAfter ? settingsValue(context, to.name, to.path) : null;
  const edit = registered
    ? prepareCcsEdit(context.ccsDirectory, { op: 'rename', name, to: to.name, settings })
    : null;
  if (edit?.ok === false) return edit;
  const placed = isNamedAfter ? await place(path, to, bytes) : ok(undefined);
  if (!placed.ok) return placed;
  const written = edit === null ? ok(undefined) : await edit.value.write();
  if (!isNamedAfter) return written;
  if (written.ok) return removeSettingsFile(path);
  await removeSettingsFile(to.path);
  return written;
}

/** The same file under another name, so that its mode and owner stay; else a copy. */
async function place(
  path: string,
  to: { readonly name: string; readonly path: string },
  bytes: Uint8Array,
): Promise<Result<void, AppError>> {
  try {
    await link(path, to.path);
    return ok(undefined);
  } catch (error) {
    const code = errnoOf(error);
    return code === 'EEXIST' ? err({ code: 'profile-exists', name: to.name }) : createSettingsFile(to, bytes);
  }
}

async function keepExcluded(context: SyncContext, name: string, to: string): Promise<Result<void, AppError>> {
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  if (!home.ok) return home;
  if (!home.value.memory.excluded.includes(name)) return ok(undefined);
  const updated = await updateHome(
    home.value,
    ({ excluded }) => ({
      excluded: [...excluded.filter((other) => other !== name && other !== to), to].sort(),
    }),
    context.clock,
  );
  return updated.ok ? ok(undefined) : updated;
}
