import { err, ok, type Result } from '../../../shared/result.ts';
import type { CatalogFault } from '../../../shared/schema/catalog.ts';
import { forgetRefusedSecret, rememberRefusedSecret } from '../sync/home.ts';
import { readLocalFacts } from '../sync/local-facts.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { locateTarget } from '../sync/world.ts';
import { identifyProxy } from '../targets/identify-proxy.ts';
import { getModelDefinitions, type ManagementFault } from '../targets/management-client.ts';
import { keptProxyKey } from '../targets/kept-proxy-key.ts';
import { fittingManagementKey, managementKeyCandidates } from '../targets/management-key.ts';
import { proxyOrigin } from '../targets/proxy-origin.ts';
import { readCatalogNotes, writeCatalogNotes } from './catalog-notes.ts';

/** How long the proxy may take to say who it is, and for each list, in milliseconds. */
const HELLO_MS = 3000;
const LIST_MS = 10_000;

/**
 * Who wants the catalog: after a 401 only a `person` has the same key sent again, since five wrong ones shut everybody
 * out for 30 minutes; after a 403, which tells nothing of the key, a `script` does, too.
 */
export type RefreshedBy = 'person' | 'script' | 'timer';

/** Asks a proxy for the definitions of one of its channels, as they come. */
export type AskChannel = (channel: string) => Promise<Result<readonly unknown[], CatalogFault>>;

/** The way to a proxy's management API. */
export interface CatalogAccess {
  readonly ask: AskChannel;
  /** Notes how it took the key, for the next time; null: it let us in. */
  readonly noteAnswer: (fault: CatalogFault | null) => Promise<void>;
}

/**
 * Finds the local proxy and the key that fits it; a key that may be the wrong one is never sent. One that was refused
 * is sent again once the file's `secret-key` changes, or where a person asks.
 */
export async function findLocalAccess(
  context: SyncContext,
  by: RefreshedBy,
): Promise<Result<CatalogAccess, CatalogFault>> {
  const target = await locateTarget(context);
  if (!target.ok) return err('no-config');
  const facts = await readLocalFacts(target.value);
  if (facts === null) return err('no-config');
  const origin = proxyOrigin(facts);
  const identity = await identifyProxy(origin, HELLO_MS);
  if (identity.state !== 'proxy') return err(identity.state);
  const { home, ccsConfig } = target.value;
  const wasRefused = home.memory.refusedSecret === home.fingerprint(facts.secretKey);
  if (wasRefused && by !== 'person') return err('refused');
  const address = `${origin.host}:${origin.port}`;
  if (by === 'timer' && readCatalogNotes(home.folder).forbidden === address) return err('forbidden');
  const candidates = managementKeyCandidates({
    setting: keptProxyKey(home.folder, origin),
    environment: context.env,
    ccsSecret: ccsConfig.state === 'read' ? ccsConfig.config.managementSecret : null,
  });
  const choice = await fittingManagementKey(facts.secretKey, candidates);
  if (choice.state !== 'fits') return err(choice.state === 'off' ? 'api-off' : 'no-key');
  const access = { origin, key: choice.key, timeoutMs: LIST_MS };
  return ok({
    ask: async (channel) => {
      const answer = await getModelDefinitions(access, channel);
      return answer.ok ? ok(answer.value.value) : err(faultOf(answer.error));
    },
    noteAnswer: async (fault) => {
      if (fault === 'refused') await rememberRefusedSecret(home, facts.secretKey, context.clock);
      if (fault === null) await forgetRefusedSecret(home, context.clock);
      await noteForbidden(home.folder, address, fault);
    },
  });
}

/** Notes whether an address answered 403, so that no timer asks it again; what else is amiss says nothing of it. */
export async function noteForbidden(
  homeFolder: string,
  address: string,
  fault: CatalogFault | null,
): Promise<void> {
  if (fault === 'forbidden') await writeCatalogNotes(homeFolder, { forbidden: address });
  if (fault === null) await writeCatalogNotes(homeFolder, { forbidden: null });
}

function faultOf(fault: ManagementFault): CatalogFault {
  switch (fault.code) {
    case 'unauthorized':
      return 'refused';
    case 'forbidden':
    case 'api-off':
    case 'unreachable':
    case 'tls-failed':
    case 'bad-answer':
    case 'server-error':
      return fault.code;
    case 'refused-connection':
      return 'not-running';
    case 'timeout':
      return 'no-answer';
    // 400: it does not know the channel. A redirect leads elsewhere, and is not followed.
    case 'rejected':
    case 'redirect':
      return 'bad-answer';
  }
}
