import { err, ok, type Result } from '../../../shared/result.ts';
import type { CatalogFault } from '../../../shared/schema/catalog.ts';
import { openTarget } from '../files/open-target.ts';
import type { TargetContext } from '../sync/file-place.ts';
import { rememberRefusedSecret } from '../sync/home.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { locateTarget } from '../sync/world.ts';
import { identifyProxy } from '../targets/identify-proxy.ts';
import { getModelDefinitions, type ManagementFault } from '../targets/management-client.ts';
import { fittingManagementKey, managementKeyCandidates } from '../targets/management-key.ts';
import { proxyOrigin } from '../targets/proxy-origin.ts';
import { readTargetText } from '../targets/target-text.ts';
import type { ConfigFacts } from '../yaml/config-facts.ts';

/** How long the proxy may take to say who it is, and for each list, in milliseconds. */
const HELLO_MS = 3000;
const LIST_MS = 10_000;

/** Asks a proxy for the definitions of one of its channels, as they come. */
export type AskChannel = (channel: string) => Promise<Result<readonly unknown[], CatalogFault>>;

/** The way to a proxy's management API. */
export interface CatalogAccess {
  readonly ask: AskChannel;
  /** To be called when it refused the key, or its user: the key is not sent again by itself. */
  readonly rememberRefusal: (fault: CatalogFault) => Promise<void>;
}

/**
 * Finds the local proxy and the key that fits it; a key that may be the wrong one is never sent, one that was refused
 * not again before the file's `secret-key` changes.
 */
export async function findLocalAccess(context: SyncContext): Promise<Result<CatalogAccess, CatalogFault>> {
  const target = await locateTarget(context);
  if (!target.ok) return err('no-config');
  const facts = await readFacts(target.value);
  if (facts === null) return err('no-config');
  const origin = proxyOrigin(facts);
  const identity = await identifyProxy(origin, HELLO_MS);
  if (identity.state !== 'proxy') return err(identity.state);
  const { home, ccsConfig } = target.value;
  if (home.memory.refusedSecret === home.fingerprint(facts.secretKey)) return err('refused');
  const candidates = managementKeyCandidates({
    setting: null,
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
    rememberRefusal: async (fault) => {
      if (fault === 'refused') await rememberRefusedSecret(home, facts.secretKey, context.clock);
    },
  });
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

/** Null where there is no configuration that can be read. */
async function readFacts({ place }: TargetContext): Promise<ConfigFacts | null> {
  const opened = await openTarget(place.path, 'read');
  if (!opened.ok) return null;
  await opened.value.close();
  const content = readTargetText(place.path, opened.value.bytes, 'by-others');
  return content.ok ? content.value.facts : null;
}
