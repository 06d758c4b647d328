import { canonicalRemoteUrl } from '../../../shared/rules/remote-url.ts';
import { readCcsConfig } from '../profiles/read-ccs-config.ts';
import type { SyncContext } from '../sync/sync-context.ts';

/** The server that CCS's settings name for CCS itself, with the key that they hold for it: a secret. */
export interface CcsServer {
  readonly url: string;
  readonly key: string | null;
}

/**
 * Reads `cliproxy_server.remote` of CCS's settings, enabled or not: it is offered only. Null where it names no server,
 * or where the settings can't be read.
 */
export async function readCcsRemote(context: SyncContext): Promise<CcsServer | null> {
  const reading = await readCcsConfig({ ...context, earlier: context.lastCcsConfig });
  const remote = reading.state === 'read' ? reading.config.remote : null;
  if (remote === null) return null;
  const { host, protocol, port, key } = remote;
  const url = canonicalRemoteUrl(`${protocol}://${host}:${port}`);
  return url === null ? null : { url, key };
}
