import type { ConfigFacts } from '../yaml/config-facts.ts';
import type { HttpOrigin } from './http-call.ts';

/**
 * Where the proxy that runs on this configuration is reached from the same machine. A proxy that listens on all
 * interfaces is asked on loopback, because the management API then takes us for a local client.
 *
 * Its certificate is mostly self-signed, and nothing tells us which one it is. On loopback it is not checked: who
 * listens there could as well be asked in plain HTTP, and the key would be there for the asking. Anywhere else it
 * must hold against the system's authorities; otherwise nothing is sent.
 */
export function proxyOrigin(facts: Pick<ConfigFacts, 'host' | 'port' | 'tls'>): HttpOrigin {
  const host = reachableHost(facts.host.trim().replace(/^\[(.*)\]$/, '$1'));
  const tls = !facts.tls ? 'off' : isLoopback(host) ? 'unverified' : 'verified';
  return { host, port: facts.port, tls };
}

function reachableHost(host: string): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
