import { err, ok, type Result } from '../../../shared/result.ts';
import type { CatalogFault } from '../../../shared/schema/catalog.ts';
import type { RemoteFault, RemoteTarget } from '../../../shared/schema/remote.ts';
import type { Home } from '../sync/home.ts';
import { locateRemote } from '../sync/locate-remote.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { type CatalogAccess, noteForbidden, type RefreshedBy } from './catalog-access.ts';
import { readCatalogNotes } from './catalog-notes.ts';

/**
 * Connects to a remote server. Whether it refused its key is remembered with the target, for syncs as for the catalog.
 * Faults: `no-key`, `refused` and `forbidden` where it said so before and who asks may not have it asked again.
 */
export function findRemoteAccess(
  context: SyncContext,
  { home, target }: { readonly home: Home; readonly target: RemoteTarget },
  by: RefreshedBy,
): Result<CatalogAccess, CatalogFault> {
  const located = locateRemote(context, home, { id: target.id, retryRefused: by === 'person' });
  // It was there a moment ago: who removed it meanwhile is not asked any more.
  if (!located.ok) return err('unreachable');
  const { server, noteAnswer } = located.value.remote;
  const address = located.value.remote.target.url;
  if (by === 'timer' && readCatalogNotes(home.folder).forbidden === address) return err('forbidden');
  if (!server.ok) return err(catalogFaultOf(server.error));
  const asked = server.value;
  return ok({
    ask: async (channel) => {
      const answer = await asked.modelDefinitions(channel);
      return answer.ok ? answer : err(catalogFaultOf(answer.error));
    },
    noteAnswer: async (fault) => {
      if (fault === null) await noteAnswer(null);
      await noteForbidden(home.folder, address, fault);
    },
  });
}

/** What a server's fault means for the catalog: how to mend it stands with the target. */
export function catalogFaultOf({ code }: RemoteFault): CatalogFault {
  switch (code) {
    case 'unreachable':
    case 'no-key':
    case 'forbidden':
    case 'api-off':
    case 'server-error':
    case 'bad-answer':
    case 'plain-http':
      return code;
    case 'timeout':
      return 'no-answer';
    case 'tls-untrusted':
    case 'tls-changed':
      return 'tls-failed';
    case 'wrong-key':
      return 'refused';
    case 'banned':
      return 'forbidden';
    case 'rejected':
    case 'redirect':
    // Faults of the list of entries, of which the catalog asks nothing.
    case 'deaf':
    case 'drops-fields':
    case 'keeps-changing':
      return 'bad-answer';
  }
}
