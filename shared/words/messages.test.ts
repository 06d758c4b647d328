import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as messages from './generated/messages.js';
import { CATALOGS, textsOf } from './testing/catalog.ts';
import { textFaults } from './testing/text-faults.ts';

const ROOT = resolve(import.meta.dirname, '../..');

const catalog = CATALOGS.en;
const keys = Object.keys(catalog);
const plurals = Object.entries(catalog).flatMap(([key, value]) =>
  typeof value === 'string' ? [] : value.map((message) => [key, message] as const),
);

/** The message keys that the sources use, with the file of each. */
function usedKeys(): ReadonlyMap<string, string> {
  const used = new Map<string, string>();
  for (const folder of ['shared', 'electron', 'renderer']) {
    for (const file of sourcesIn(join(ROOT, folder))) {
      const text = readFileSync(file, 'utf8');
      if (!text.includes('words/generated/messages.js') && !text.includes('./generated/messages.js'))
        continue;
      for (const [, key] of text.matchAll(/\bm\.([a-z0-9_]+)\(/g)) if (key !== undefined) used.set(key, file);
    }
  }
  return used;
}

function sourcesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ entry, path }) => {
      const isSource = /\.(?:ts|svelte)$/.test(path) && !path.endsWith('.test.ts');
      return entry.isFile() && isSource && !/\/(?:generated|node_modules)\//.test(path);
    })
    .map(({ path }) => path);
}

describe('the message catalog', () => {
  it('has every message that the sources use, and none that they do not', () => {
    expect([...usedKeys().keys()].sort()).toEqual([...keys].sort());
  });

  it('is compiled as it stands', () => {
    const compiled = messages as unknown as Readonly<Record<string, unknown>>;
    expect(keys.filter((key) => typeof compiled[key] !== 'function')).toEqual([]);
  });

  it('names every message in lower case with underscores', () => {
    expect(keys.filter((key) => !/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(key))).toEqual([]);
  });

  it.each(plurals)('has %s for one and for others', (_key, { declarations, selectors, match }) => {
    expect(selectors).toHaveLength(1);
    const [selector] = selectors;
    expect(Object.keys(match)).toEqual([`${selector}=one`, `${selector}=other`]);
    expect(declarations.at(-1)).toMatch(new RegExp(`^local ${selector} = (\\w+): plural$`));
    expect(match[`${selector}=one`]).not.toBe(match[`${selector}=other`]);
  });

  it('says nothing that our voice does not say', () => {
    const texts = Object.entries(catalog).flatMap(([key, value]) =>
      key === 'list_separator' ? [] : textsOf(value),
    );
    expect(texts.flatMap((text) => textFaults(text.replaceAll(/\{\w+\}/g, 'x')))).toEqual([]);
  });
});
