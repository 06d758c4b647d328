import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CatalogFault, CatalogState } from '../../../shared/schema/catalog.ts';
import { LOCAL_TARGET, type RemoteTarget } from '../../../shared/schema/remote.ts';
import type { Settings } from '../../../shared/schema/settings.ts';
import { openSettings } from '../live/settings-store.ts';
import { type Home, peekHome } from '../sync/home.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { readRemoteTargets } from '../targets/remote-targets.ts';
import { type CatalogAccess, findLocalAccess, type RefreshedBy } from './catalog-access.ts';
import { findRemoteAccess } from './remote-access.ts';

/** Whom a refresh asks. */
export interface CatalogSource {
  readonly asks: CatalogState['asks'];
  find(by: RefreshedBy): Promise<Result<CatalogAccess, CatalogFault>>;
}

/** The target that the settings name; one that is gone, or can't be read, counts as the local proxy. */
export function catalogSource(context: SyncContext): CatalogSource {
  const chosen = chosenRemote(context);
  if (chosen === null) return { asks: null, find: (by) => findLocalAccess(context, by) };
  const { id, name } = chosen.target;
  return { asks: { id, name }, find: (by) => Promise.resolve(findRemoteAccess(context, chosen, by)) };
}

function chosenRemote(context: SyncContext): { readonly home: Home; readonly target: RemoteTarget } | null {
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  if (!home.ok) return null;
  const settings = openSettings(home.value.folder);
  if (!settings.ok || settings.value.get().catalogFrom === LOCAL_TARGET) return null;
  const remotes = readRemoteTargets(home.value.folder);
  const target = remotes.ok
    ? remotes.value.find(({ id }) => id === settings.value.get().catalogFrom)
    : undefined;
  return target === undefined ? null : { home: home.value, target };
}

/** Saves settings: the living engine's own way, or the file's. */
export type SaveSettings = (change: Pick<Settings, 'catalogFrom'>) => Promise<Result<Settings, AppError>>;

/** From now on the catalog comes from this target. Errors: `unknown-target`, `state-unusable`, `disk-full`. */
export async function chooseCatalogSource(
  context: SyncContext,
  id: string,
  save: SaveSettings | null,
): Promise<Result<void, AppError>> {
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  if (!home.ok) return home;
  if (id !== LOCAL_TARGET) {
    const remotes = readRemoteTargets(home.value.folder);
    if (!remotes.ok) return remotes;
    if (!remotes.value.some((target) => target.id === id)) return err({ code: 'unknown-target', name: id });
  }
  const saved = await (save ?? saveInFile(home.value.folder))({ catalogFrom: id });
  return saved.ok ? ok(undefined) : saved;
}

function saveInFile(homeFolder: string): SaveSettings {
  return async (change) => {
    const settings = openSettings(homeFolder);
    return settings.ok ? settings.value.change(change) : settings;
  };
}
