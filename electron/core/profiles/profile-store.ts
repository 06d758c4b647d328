import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type {
  ConnectionTest,
  CopyProfile,
  CreateProfile,
  DeletedProfile,
  Profile,
  UpdateProfile,
} from '../../../shared/schema/profile.ts';
import { createTurns } from '../support/turns.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { createProfile, duplicateProfile, registerProfile } from './create-profile.ts';
import { deleteProfile, undeleteProfile } from './delete-profile.ts';
import { openProfile, type OpenProfile, viewProfile } from './find-profile.ts';
import { FIELD_NAMES } from './profile-fields.ts';
import { listTrash } from './profile-trash.ts';
import { renameProfile } from './rename-profile.ts';
import { envText, type SettingsText } from './settings-text.ts';
import { testConnection } from './test-connection.ts';
import { updateProfile } from './update-profile.ts';

type Answer<T> = Promise<Result<T, AppError>>;

/** The user's profile files and CCS's registry of them. Each call reads what it needs anew; no answer but `revealKey`'s has a key. */
export interface ProfileStore {
  get(name: string): Answer<Profile>;
  create(request: CreateProfile): Answer<Profile>;
  update(request: UpdateProfile): Answer<Profile>;
  duplicate(request: CopyProfile): Answer<Profile>;
  rename(request: CopyProfile): Answer<Profile>;
  remove(name: string): Answer<DeletedProfile>;
  /** What can be brought back, the latest first. */
  deleted(): Answer<readonly DeletedProfile[]>;
  undelete(id: string): Answer<Profile>;
  register(name: string): Answer<Profile>;
  revealKey(name: string): Answer<string>;
  /** One tiny request to the provider, on demand only. */
  test(name: string): Answer<ConnectionTest>;
}

/** A model may be loaded first, where it runs on this machine. */
const TEST_TIMEOUT_MS = 20_000;

export function createProfileStore(context: SyncContext): ProfileStore {
  const get = async (name: string): Answer<Profile> => {
    const found = await openProfile(context, name);
    return found.ok ? viewProfile(context, found.value) : found;
  };
  // Two changes of one file at once would each find the version that they are based on.
  const turns = createTurns();
  const thenGet = (change: () => Promise<Result<unknown, AppError>>, name: string): Answer<Profile> =>
    turns.take(async () => {
      const result = await change();
      return result.ok ? get(name) : result;
    });
  return {
    get,
    create: (request) => thenGet(() => createProfile(context, request), request.name),
    update: (request) => thenGet(() => updateProfile(context, request), request.name),
    duplicate: (request) => thenGet(() => duplicateProfile(context, request), request.to),
    rename: (request) => thenGet(() => renameProfile(context, request), request.to),
    remove: (name) => turns.take(() => deleteProfile(context, name)),
    deleted: () => listTrash(context),
    undelete: (id) =>
      turns.take(async () => {
        const restored = await undeleteProfile(context, id);
        return restored.ok ? get(restored.value.name) : restored;
      }),
    register: (name) => thenGet(() => registerProfile(context, name), name),
    revealKey: async (name) => {
      const read = await readCredential(context, name);
      return read.ok ? ok(read.value.key) : read;
    },
    test: async (name) => {
      const read = await readCredential(context, name);
      if (!read.ok) return read;
      return ok(await testConnection({ ...read.value, timeoutMs: TEST_TIMEOUT_MS }));
    },
  };
}

/** Errors: `unknown-profile`, `profile-unreadable`, `profile-without-key`. */
async function readCredential(
  context: SyncContext,
  name: string,
): Answer<{ readonly key: string; readonly baseUrl: string; readonly model: string }> {
  const found = await openProfile(context, name);
  if (!found.ok) return found;
  const settings = readable(found.value);
  if (!settings.ok) return settings;
  const value = (variable: string): string => envText(settings.value, variable)?.trim() ?? '';
  const key = value(FIELD_NAMES.key) || value('ANTHROPIC_API_KEY');
  if (key === '') return err({ code: 'profile-without-key', name });
  return ok({ key, baseUrl: value(FIELD_NAMES.baseUrl), model: value(FIELD_NAMES.model) });
}

function readable({ path, settings }: OpenProfile): Result<SettingsText, AppError> {
  return settings.ok ? settings : err({ code: 'profile-unreadable', path, ...settings.error });
}
