import { isNode, parseDocument } from 'yaml';
import { compareEntries } from './compare-entries.ts';
import type { ServedEntry } from './management-client.ts';
import type { JsonEntry } from './remote-server.ts';
import type { SectionEntry } from '../yaml/section.ts';

const SECTION = 'claude-api-key';
/** Fields of an entry that CLIProxyAPI 7.2.99 knows (domain/cliproxyapi.md); its API drops all others. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'api-key',
  'prefix',
  'base-url',
  'proxy-url',
  'models',
  'priority',
  'weight',
  'headers',
  'excluded-models',
  'request-retry',
  'disable-cooling',
  'cloak',
  'request-scoped-errors',
  'fingerprint-profile',
  'rebuild-mid-system-message',
]);
const PLANNED_FIELDS: ReadonlySet<string> = new Set(['api-key', 'prefix', 'base-url', 'proxy-url', 'models']);

/** What a server's file says of its list beside what its API says. */
export interface FileAndApi {
  readonly file: readonly SectionEntry[];
  /** The text of the file. */
  readonly text: string;
  readonly served: readonly JsonEntry[];
}

/**
 * Whether the file was edited and the server does not know it: a write through its API would then drop the edit
 * (domain/cliproxyapi.md, "Management API"). Values are compared loosely, since the server trims, sorts, lowers the
 * case and drops repetitions of what it reads; a field that it adds by itself says nothing.
 */
export function isDeaf({ file, text, served }: FileAndApi): boolean {
  if (!compareEntries(file, served.map(servedEntry)).equal) return true;
  const raw = rawEntries(text);
  if (raw === null) return true;
  return served.some((entry, index) => {
    const written = raw[index];
    return written !== undefined && Object.keys(written).some((name) => differs(name, written, entry));
  });
}

function differs(name: string, written: JsonEntry, served: JsonEntry): boolean {
  if (!KNOWN_FIELDS.has(name) || PLANNED_FIELDS.has(name)) return false;
  const value = loosely(written[name]);
  return value !== null && JSON.stringify(value) !== JSON.stringify(loosely(served[name]));
}

/** Fields of the file's entries that the server's API does not know, by prefix: a write drops them. */
export function unknownFields({
  text,
  served,
}: Pick<FileAndApi, 'text' | 'served'>): readonly { prefix: string; fields: readonly string[] }[] {
  return (rawEntries(text) ?? []).flatMap((entry, index) => {
    const known = served[index] ?? {};
    const fields = Object.keys(entry).filter((name) => !KNOWN_FIELDS.has(name) && !(name in known));
    return fields.length === 0 ? [] : [{ prefix: textOf(entry['prefix']), fields }];
  });
}

/** Null where so many aliases stand in the section that it can't be written out. */
function rawEntries(text: string): readonly JsonEntry[] | null {
  // Warnings quote the text, and keys with it. The rest of the file is none of our business, and may be full of aliases.
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const section = document.get(SECTION, true);
  let value: unknown;
  try {
    value = isNode(section) ? section.toJS(document) : null;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return null;
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((item) => (typeof item === 'object' && item !== null ? (item as JsonEntry) : {}));
}

/** Null for what is empty. */
function loosely(value: unknown): unknown {
  if (value === null || value === undefined || value === '' || value === false || value === 0) return null;
  if (typeof value === 'string') return value.trim().toLowerCase();
  if (Array.isArray(value)) {
    const items = value.map(loosely).filter((item) => item !== null);
    return items.length === 0 ? null : [...new Set(items.map((item) => JSON.stringify(item)))].sort();
  }
  if (typeof value !== 'object') return value;
  const fields = Object.entries(value)
    .map(([name, one]) => [name.toLowerCase(), loosely(one)] as const)
    .filter(([, one]) => one !== null)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return fields.length === 0 ? null : fields;
}

function servedEntry(entry: JsonEntry): ServedEntry {
  const models = Array.isArray(entry['models']) ? (entry['models'] as readonly unknown[]) : [];
  return {
    apiKey: textOf(entry['api-key']),
    prefix: textOf(entry['prefix']),
    baseUrl: textOf(entry['base-url']),
    models: models.map((model) => {
      const { name, alias } = (model ?? {}) as JsonEntry;
      return { name: textOf(name), alias: textOf(alias) };
    }),
    routed: true,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
