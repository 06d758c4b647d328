/** One entry of the list. */
export type Entry = Readonly<Record<string, unknown>>;

/** A request to the list. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  /** A field that is forgotten. */
  readonly dropped: string | null;
}

type Changed = { readonly entries: readonly Entry[] } | { readonly status: number; readonly error: string };

/** What a write makes of the list, as 7.2.99 does it (docs/decisions/0010). */
export function change(entries: readonly Entry[], { method, url, body }: Call): Changed {
  if (method === 'PUT') {
    const list: unknown = JSON.parse(body);
    return Array.isArray(list) ? { entries: list as Entry[] } : { status: 400, error: 'invalid body' };
  }
  if (method === 'DELETE') {
    const key = url.searchParams.get('api-key');
    const left = entries.filter((entry) => entry['api-key'] !== key);
    if (entries.length - left.length <= 1) return { entries: left };
    return { status: 400, error: 'multiple items match api-key; base-url is required' };
  }
  const patch = JSON.parse(body) as { readonly match: string; readonly value: Entry };
  const at = entries.findIndex((entry) => entry['api-key'] === patch.match);
  if (at === -1) return { status: 404, error: 'item not found' };
  return { entries: entries.map((entry, index) => (index === at ? { ...entry, ...patch.value } : entry)) };
}

/** An entry as the server keeps it: with the fields that it adds. */
export function kept(entry: Entry, dropped: string | null): Entry {
  const whole = { 'base-url': '', 'proxy-url': '', models: [], ...entry };
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== dropped));
}

/** The list as it is told. */
export function served(entries: readonly Entry[]): readonly Entry[] {
  return entries.map((entry, index) => ({ ...entry, 'auth-index': `00${index}` }));
}
