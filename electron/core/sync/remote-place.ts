import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { LOCAL_TARGET, type RemoteFault, type RemoteTarget } from '../../../shared/schema/remote.ts';
import type { RemoteServer } from '../targets/remote-server.ts';

/** A remote server that is set up, and the way to it. */
export interface RemotePlace {
  readonly target: RemoteTarget;
  /** The fault says why it is not even asked: no key is known here, or the server refused it before. */
  readonly server: Result<RemoteServer, RemoteFault>;
  /** Notes how the server took the key; `server` notes by itself where it is refused. */
  readonly noteAnswer: (fault: RemoteFault | null) => Promise<void>;
}

/** Whether a request is about the configuration file beside CCS. */
export function isLocal(target: string | undefined): boolean {
  return target === undefined || target === LOCAL_TARGET;
}

/** A server's fault as an error of ours, which names the target. */
export function remoteError({ target }: Pick<RemotePlace, 'target'>, fault: RemoteFault): AppError {
  return { code: 'remote-fault', target: target.name, fault };
}

/** The port that a URL leads to. */
export function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
