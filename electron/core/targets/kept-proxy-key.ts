import { LOCAL_TARGET } from '../../../shared/schema/remote.ts';
import type { HttpOrigin } from './http-call.ts';
import { readTargetKey } from './target-keys.ts';

/** Where the local proxy's key is kept: in our own file, which the command line can read, too. */
export function proxyKeyOwner(origin: HttpOrigin): {
  readonly id: typeof LOCAL_TARGET;
  readonly url: string;
  readonly keySource: 'file';
} {
  return { id: LOCAL_TARGET, url: proxyUrl(origin), keySource: 'file' };
}

/** The management key that a person gave for the proxy at this very address; null where none is kept for it. */
export function keptProxyKey(homeFolder: string, origin: HttpOrigin): string | null {
  // The environment's is a candidate of its own, under another name.
  const key = readTargetKey(homeFolder, proxyKeyOwner(origin), { env: {}, keyring: null });
  return key.ok ? key.value : null;
}

function proxyUrl({ host, port, tls }: HttpOrigin): string {
  return `${tls === 'off' ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
