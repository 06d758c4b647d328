import { randomUUID } from 'node:crypto';
import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { DeletedProfile } from '../../../shared/schema/profile.ts';
import { errnoOf, stateError, toleratingErrno } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import { ensureFolder } from '../files/state-folder.ts';
import { peekHome } from '../sync/home.ts';
import type { SyncContext } from '../sync/sync-context.ts';

/** How long a deleted profile can be brought back: 30 days, in milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

const TrashedProfile = z.object({
  version: z.literal(1),
  name: z.string(),
  path: z.string(),
  registered: z.boolean(),
  target: z.string(),
  deletedMs: z.number(),
  /** The file's bytes, base64: they hold a key. Null where there was no file. */
  bytes: z.nullable(z.string()),
});
export type TrashedProfile = Omit<z.infer<typeof TrashedProfile>, 'version' | 'deletedMs'>;

/** Keeps a profile that is about to be deleted, in a 0600 file of our own. Errors: `state-unusable`, `disk-full`. */
export async function putInTrash(
  context: SyncContext,
  profile: TrashedProfile,
): Promise<Result<DeletedProfile, AppError>> {
  const folder = trashFolder(context);
  if (!folder.ok) return folder;
  const ready = await ensureFolder(folder.value);
  if (!ready.ok) return ready;
  const id = randomUUID();
  const kept: z.infer<typeof TrashedProfile> = { ...profile, version: 1, deletedMs: context.clock.now() };
  const written = await replaceFile(pathOf(folder.value, id), JSON.stringify(kept), { mode: 0o600 });
  return written.ok ? ok(deletedOf(id, kept)) : err(stateError(written.error));
}

/** The profiles that can be brought back, the latest first; those whose time is over go now. */
export async function listTrash(context: SyncContext): Promise<Result<readonly DeletedProfile[], AppError>> {
  const folder = trashFolder(context);
  if (!folder.ok) return folder;
  const deleted: DeletedProfile[] = [];
  try {
    const names = await toleratingErrno(() => readdir(folder.value), ['ENOENT'], []);
    for (const name of names) {
      const id = /^([0-9a-f-]{36})\.json$/.exec(name)?.[1];
      const kept = id === undefined ? null : await read(folder.value, id);
      if (id === undefined || kept === null) continue;
      if (context.clock.now() - kept.deletedMs < KEPT_MS) deleted.push(deletedOf(id, kept));
      else await toleratingErrno(() => unlink(pathOf(folder.value, id)), ['ENOENT'], undefined);
    }
  } catch (error) {
    return err(stateError({ code: errnoOf(error), path: folder.value }));
  }
  return ok(deleted.sort((one, other) => other.deletedMs - one.deletedMs));
}

/** What was deleted. Error: `unknown-deleted`, also where its time is over. */
export async function readTrash(context: SyncContext, id: string): Promise<Result<TrashedProfile, AppError>> {
  const listed = await listTrash(context);
  if (!listed.ok) return listed;
  const folder = trashFolder(context);
  if (!folder.ok) return folder;
  const kept = listed.value.some((one) => one.id === id) ? await read(folder.value, id) : null;
  return kept === null ? err({ code: 'unknown-deleted', id }) : ok(kept);
}

/** Forgets what was brought back, or was not deleted after all. */
export async function dropFromTrash(context: SyncContext, id: string): Promise<Result<void, AppError>> {
  const folder = trashFolder(context);
  if (!folder.ok) return folder;
  const path = pathOf(folder.value, id);
  try {
    await toleratingErrno(() => unlink(path), ['ENOENT'], undefined);
    return ok(undefined);
  } catch (error) {
    return err(stateError({ code: errnoOf(error), path }));
  }
}

function trashFolder({ stateFolder, ccsDirectory }: SyncContext): Result<string, AppError> {
  const home = peekHome(stateFolder, ccsDirectory);
  return home.ok ? ok(join(home.value.folder, 'trash')) : home;
}

function pathOf(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}

/** Null where it is gone, or none of ours. */
async function read(folder: string, id: string): Promise<z.infer<typeof TrashedProfile> | null> {
  const text = await toleratingErrno(() => readFile(pathOf(folder, id), 'utf8'), ['ENOENT'], undefined);
  if (text === undefined) return null;
  try {
    return TrashedProfile.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function deletedOf(id: string, { name, deletedMs }: z.infer<typeof TrashedProfile>): DeletedProfile {
  return { id, name, deletedMs, expiresMs: deletedMs + KEPT_MS };
}
