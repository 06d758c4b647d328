import { err, ok, type Result } from '../../../shared/result.ts';
import type { CatalogFault } from '../../../shared/schema/catalog.ts';
import type { RemoteFault, RemoteTarget } from '../../../shared/schema/remote.ts';
import { type Home, updateHome } from '../sync/home.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { connectRemote } from '../targets/remote-server.ts';
import { readTargetKey } from '../targets/target-keys.ts';
import type { CatalogAccess } from './catalog-access.ts';
import { readCatalogNotes, writeCatalogNotes } from './catalog-notes.ts';

/** Who wants the catalog: a key that was refused is sent again only when a person asks for it. */
export type RefreshedBy = 'person' | 'timer';

/** Connects to a remote server. Faults: `no-key`, and `refused` where its key was refused and nobody asks anew. */
export function findRemoteAccess(
  context: SyncContext,
  { home, target }: { readonly home: Home; readonly target: RemoteTarget },
  by: RefreshedBy,
): Result<CatalogAccess, CatalogFault> {
  const key = readTargetKey(home.folder, target, { env: context.env, keyring: context.keyring ?? null });
  if (!key.ok) return err(catalogFaultOf(key.error));
  const { url, certificate, plainHttp } = target;
  const asked = `${url} ${key.value}`;
  const { refused } = readCatalogNotes(home.folder);
  if (by === 'timer' && refused?.asked === home.fingerprint(asked)) return err(refused.fault);
  const server = connectRemote({ url, key: key.value, certificate, plainHttp }, context.clock);
  return ok({
    ask: async (channel) => {
      const answer = await server.modelDefinitions(channel);
      return answer.ok ? answer : err(catalogFaultOf(answer.error));
    },
    rememberRefusal: async (fault) => {
      if (fault !== 'refused' && fault !== 'forbidden') return;
      // A home that was never saved gets its salt only now, and with it its fingerprints.
      const saved = await updateHome(home, () => ({}), context.clock);
      if (!saved.ok) return;
      await writeCatalogNotes(home.folder, { refused: { asked: saved.value.fingerprint(asked), fault } });
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
