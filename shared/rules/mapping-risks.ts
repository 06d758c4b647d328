/**
 * What may go wrong with a base URL that CLIProxyAPI appends `/v1/messages` to. It is written as it is all the
 * same: only the user knows what the other side wants.
 */
export type MappingRisk =
  /** Requests go to `…/v1/v1/messages`. */
  | { readonly code: 'ends-in-v1'; readonly suggested: string }
  /** Requests go to `…//v1/messages`. */
  | { readonly code: 'ends-in-slash'; readonly suggested: string }
  | { readonly code: 'not-http'; readonly scheme: string }
  | { readonly code: 'white-space' }
  | { readonly code: 'unparsable' };

/** Tells the risks of a profile's base URL, the gravest first; `''` (none named) has none. */
export function mappingRisks(baseUrl: string): readonly MappingRisk[] {
  if (baseUrl === '') return [];
  const risks: MappingRisk[] = [];
  const url = parseUrl(baseUrl);
  if (url === null) risks.push({ code: 'unparsable' });
  else if (!/^https?:$/.test(url.protocol))
    risks.push({ code: 'not-http', scheme: url.protocol.slice(0, -1) });
  // URL parsers drop line breaks and tabs in silence, CLIProxyAPI's does not.
  if (/[\s\p{Control}]/u.test(baseUrl)) risks.push({ code: 'white-space' });
  const suggested = /^(.*?)\/v1\/*$/.exec(baseUrl)?.[1];
  if (suggested !== undefined) risks.push({ code: 'ends-in-v1', suggested });
  else if (baseUrl.endsWith('/'))
    risks.push({ code: 'ends-in-slash', suggested: baseUrl.replace(/\/+$/, '') });
  return risks;
}

/** Null where a text is no absolute URL. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
