import { peekHome } from '../sync/home.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import type { CachedCatalog } from './catalog-cache.ts';
import { readCatalogNotes, writeCatalogNotes } from './catalog-notes.ts';

/** What was fetched, with the name of the remote server that told it; null: the local proxy, or CCS did. */
export interface SourcedCatalog extends CachedCatalog {
  readonly from: string | null;
}

/** Says of a cache who told it: the cache itself has no place for that. */
export function withSource(cached: CachedCatalog | null, context: SyncContext): SourcedCatalog | null {
  if (cached === null) return null;
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  const noted = home.ok ? readCatalogNotes(home.value.folder).fetched : null;
  // Another moment is that of a fetch by CCS.
  return { ...cached, from: noted?.fetchedMs === cached.fetchedMs ? noted.from : null };
}

/** Notes who told what was just fetched. */
export async function noteSource({ fetchedMs, from }: SourcedCatalog, context: SyncContext): Promise<void> {
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  if (!home.ok) return;
  await writeCatalogNotes(home.value.folder, { fetched: from === null ? null : { fetchedMs, from } });
}
