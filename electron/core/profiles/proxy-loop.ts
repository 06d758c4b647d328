import type { SkipReason } from '../../../shared/schema/skip.ts';
import { parseUrl } from '../../../shared/rules/mapping-risks.ts';

/** What tells that a profile leads back to the CLIProxyAPI that it would be written for. */
export interface ProxyAddress {
  /** As configured; `''` listens on all interfaces. */
  readonly host: string;
  readonly port: number;
  /** Where a remote one is reached, which need not be where it listens; null for the local one. */
  readonly reachedAt?: { readonly host: string; readonly port: number } | null;
  /** Whether a token is one that the proxy's own clients present. */
  readonly isClientKey: (token: string) => boolean;
}

export type ProxyLoop = (SkipReason & { readonly code: 'proxy-loop' })['by'];

/**
 * Whether requests would go round in circles. A base URL that can't be parsed leads nowhere, so it is no loop;
 * `mappingRisks` speaks of it.
 */
export function proxyLoop(
  profile: { readonly baseUrl: string; readonly token: string | null },
  proxy: ProxyAddress,
): ProxyLoop | null {
  const url = parseUrl(profile.baseUrl);
  if (url !== null) {
    if (url.pathname.includes('/api/provider/')) return 'provider-path';
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
    if (port === proxy.port && isOwnHost(url.hostname, proxy.host)) return 'address';
    const reached = proxy.reachedAt ?? null;
    if (reached !== null && port === reached.port && plainHost(url.hostname) === plainHost(reached.host))
      return 'address';
  }
  return profile.token !== null && proxy.isClientKey(profile.token) ? 'client-key' : null;
}

/** All names of this machine's loopback, and "all interfaces", mean the proxy whatever it is configured to. */
function isOwnHost(host: string, configured: string): boolean {
  const name = plainHost(host);
  return isLoopback(name) || (configured !== '' && name === plainHost(configured));
}

function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function isLoopback(host: string): boolean {
  return (
    ['localhost', '0.0.0.0', '::', '::1', '::ffff:7f00:1'].includes(host) ||
    host.endsWith('.localhost') ||
    /^127(?:\.\d+){3}$/.test(host)
  );
}
