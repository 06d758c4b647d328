/**
 * The address of a CLIProxyAPI server as a person types or pastes it, in the one form in which it is kept:
 * `https://host:port`, with the path of a reverse proxy where there is one, and the port always said. Without a scheme
 * it is `https`, except on this machine itself, where CLIProxyAPI mostly runs without a certificate. Without a port it
 * is 443 for `https` and 8317 for `http`, as CCS 7.79.1 takes it. The address of the management page or API may be
 * pasted. Null where it can't be an address: another scheme, user or password, a query, a fragment.
 */
export function canonicalRemoteUrl(typed: string): string | null {
  const text = typed.trim();
  // URL would drop line breaks and tabs, and take a backslash for a slash.
  if (text === '' || /[\s\\\p{Cc}]/u.test(text)) return null;
  const [, scheme = null, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/i.exec(text) ?? [];
  const page = rest.replace(/(\/management\.html)#.*$/, '$1');
  const authority = /^[^/?#]*/.exec(page)?.[0] ?? '';
  if (authority === '' || /@/.test(authority) || /[?#]/.test(page)) return null;
  const protocol = scheme?.toLowerCase() ?? (isLoopbackUrl(`http://${authority}`) ? 'http' : 'https');
  if (protocol !== 'http' && protocol !== 'https') return null;
  const url = parsed(`${protocol}://${page}`);
  if (url === null) return null;
  const port = portOf(authority) ?? (protocol === 'https' ? 443 : 8317);
  if (port < 1) return null;
  return `${protocol}://${url.hostname}:${port}${prefixOf(url.pathname)}`;
}

/** Whether an address is on this machine, so that what is sent there does not leave it. */
export function isLoopbackUrl(url: string): boolean {
  const host = parsed(url)?.hostname ?? '';
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Whether everybody on the way could read what is sent there. */
export function isPlainHttpElsewhere(url: string): boolean {
  return parsed(url)?.protocol === 'http:' && !isLoopbackUrl(url);
}

/** Not `URL.canParse`, which older browsers lack: the window uses this, too. */
function parsed(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

/** URL hides a port that is the scheme's own: `http://host:80` means 80, not 8317. */
function portOf(authority: string): number | null {
  const port = /:(\d+)$/.exec(authority)?.[1];
  return port === undefined ? null : Number(port);
}

function prefixOf(path: string): string {
  return path.replace(/\/(?:v0\/management(?:\/.*)?|management\.html)$/, '').replace(/\/+$/, '');
}
