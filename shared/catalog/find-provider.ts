import { CatalogProvider } from '../schema/catalog.ts';

/** Hosts of the providers that the catalog knows, by what they end with. */
const HOSTS: readonly (readonly [host: string, provider: CatalogProvider])[] = [
  ['anthropic.com', 'claude'],
  // Moonshot's own platform names its models otherwise.
  ['kimi.com', 'kimi'],
  ['x.ai', 'xai'],
];

/**
 * The provider of the catalog that a profile's base URL leads to; null for all others: their models are their own.
 * No base URL is Anthropic's. CLIProxyAPI serves each provider under a path `/api/provider/<name>`.
 */
export function findProvider(baseUrl: string): CatalogProvider | null {
  if (baseUrl.trim() === '') return 'claude';
  const url = parse(baseUrl.trim());
  if (url === null) return null;
  const path = /\/api\/provider\/([a-z]+)(?:\/|$)/.exec(url.pathname)?.[1];
  if (path !== undefined) return CatalogProvider.options.find((provider) => provider === path) ?? null;
  const host = url.hostname.toLowerCase();
  return HOSTS.find(([known]) => host === known || host.endsWith(`.${known}`))?.[1] ?? null;
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
