import type { SectionEntry } from '../core/yaml/section.ts';

/** An entry in short: models are names, or `name=alias`. */
export interface ShortEntry {
  readonly key: string;
  readonly prefix?: string;
  readonly baseUrl?: string;
  readonly models?: readonly string[];
  /** Names of the user's further fields, with their flow text: `{ 'excluded-models': '[a*]' }`. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The values that reading `sectionText` of these entries gives. */
export function sectionEntries(...entries: readonly ShortEntry[]): readonly SectionEntry[] {
  return entries.map((entry, index) => ({
    index,
    line: index + 1,
    apiKey: entry.key,
    prefix: entry.prefix ?? '',
    baseUrl: entry.baseUrl ?? '',
    proxyUrl: '',
    models: (entry.models ?? []).map((model) => ({ ...splitModel(model), extra: false })),
    otherFields: Object.keys(entry.fields ?? {}),
    malformed: false,
    indirect: false,
  }));
}

/** A `claude-api-key` section with these entries, ending in a line break. */
export function sectionText(...entries: readonly ShortEntry[]): string {
  const items = entries.map((entry) => {
    const models = (entry.models ?? []).map(splitModel);
    return [
      `  - api-key: ${JSON.stringify(entry.key)}\n`,
      entry.prefix === undefined ? '' : `    prefix: ${JSON.stringify(entry.prefix)}\n`,
      entry.baseUrl === undefined ? '' : `    base-url: ${JSON.stringify(entry.baseUrl)}\n`,
      `    proxy-url: ""\n`,
      models.length === 0 ? '' : `    models: ${JSON.stringify(models)}\n`,
      ...Object.entries(entry.fields ?? {}).map(([name, text]) => `    ${name}: ${text}\n`),
    ].join('');
  });
  return items.length === 0 ? 'claude-api-key: []\n' : `claude-api-key:\n${items.join('')}`;
}

function splitModel(model: string): { readonly name: string; readonly alias: string } {
  const [name = '', alias = ''] = model.split('=');
  return { name, alias };
}
