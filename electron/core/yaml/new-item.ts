import { quoteScalar } from './quote-scalar.ts';
import type { NewEntry } from './section.ts';

/** Something to be put at the end of a list, whichever way the list is written. */
export interface NewItem {
  /** Its lines in a block list, without line breaks: the dash in this column, the content that far behind it. */
  readonly blockLines: (dashColumn: number, offset: number) => readonly string[];
  /** Its text in a flow list; further lines are indented by at least `indent`. */
  readonly flow: (indent: number) => string;
}

/** An entry as we write it: `proxy-url` always and empty, `base-url` and `models` only where there are some. */
export function newEntryItem(entry: NewEntry): NewItem {
  const models = entry.models.map(newModelItem);
  const fields = [
    ['api-key', quoteScalar(entry.apiKey)],
    ['prefix', quoteScalar(entry.prefix)],
    ...(entry.baseUrl === '' ? [] : [['base-url', quoteScalar(entry.baseUrl)] as const]),
    ['proxy-url', '""'],
  ] as const;
  return {
    blockLines: (dashColumn, offset) =>
      dashed(
        [...fields.map(([key, value]) => `${key}: ${value}`), ...modelLines(models)],
        dashColumn,
        offset,
      ),
    flow: () => {
      const parts = fields.map(([key, value]) => `"${key}": ${value}`);
      if (models.length > 0) parts.push(`"models": ${flowList(models, 0)}`);
      return `{${parts.join(', ')}}`;
    },
  };
}

/** An item of an entry's `models`: the name under which clients ask for it is its own. */
export function newModelItem(name: string): NewItem {
  return {
    blockLines: (dashColumn, offset) =>
      dashed([`name: ${quoteScalar(name)}`, 'alias: ""'], dashColumn, offset),
    flow: () => `{"name": ${quoteScalar(name)}, "alias": ""}`,
  };
}

/** The lines of a `models` pair, relative to its key. */
export function modelLines(models: readonly NewItem[]): string[] {
  return models.length === 0 ? [] : ['models:', ...models.flatMap((model) => model.blockLines(2, 2))];
}

export function flowList(items: readonly NewItem[], indent: number): string {
  return `[${items.map((item) => item.flow(indent)).join(', ')}]`;
}

function dashed(lines: readonly string[], dashColumn: number, offset: number): string[] {
  const inner = ' '.repeat(dashColumn + offset);
  const first = ' '.repeat(dashColumn) + '-' + ' '.repeat(offset - 1);
  return lines.map((line, index) => (index === 0 ? first : inner) + line);
}
