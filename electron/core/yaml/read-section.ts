import type { YamlRefusal } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { findSection, sectionValue } from './find-section.ts';
import { keysOf, lookUp, resolved } from './resolve-alias.ts';
import type { EntryModel, SectionEntry } from './section.ts';
import { holdsIndirection } from './walk-tree.ts';
import type { YamlDocument, YamlItem, YamlMap, YamlNode } from './yaml-tree.ts';

/** The fields that we know; all others are the user's own. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set(['api-key', 'prefix', 'base-url', 'proxy-url', 'models']);

/**
 * The entries of the `claude-api-key` section; none where it is absent, null or empty. Aliases and merge keys
 * are followed, so that the prefixes of such entries are known too. Code: `section-not-list`.
 */
export function readSection(document: YamlDocument): Result<readonly SectionEntry[], YamlRefusal> {
  const value = sectionValue(document);
  if (value === null || (value.kind === 'scalar' && value.isNull)) return ok([]);
  if (value.kind !== 'list') {
    const place = document.position(findSection(document)?.value.start ?? value.start);
    return err({ code: 'section-not-list', ...place, detail: value.kind });
  }
  return ok(value.items().map((item, index) => readEntry(document, item, index)));
}

/** Reads one entry; `index` is its place in the list. */
export function readEntry(document: YamlDocument, item: YamlItem, index: number): SectionEntry {
  const { line } = document.position(item.start);
  const indirect = holdsIndirection(item.value);
  const map = resolved(document, item.value);
  if (map?.kind !== 'map') {
    const nothing = { apiKey: '', prefix: '', baseUrl: '', proxyUrl: '', models: [], otherFields: [] };
    return { index, line, ...nothing, malformed: true, indirect };
  }
  const text = (name: string): string | null => textOf(lookUp(document, map, name));
  const apiKey = text('api-key');
  const prefix = text('prefix');
  const baseUrl = text('base-url');
  const proxyUrl = text('proxy-url');
  const models = readModels(document, lookUp(document, map, 'models'));
  return {
    index,
    line,
    apiKey: apiKey ?? '',
    prefix: prefix ?? '',
    baseUrl: baseUrl ?? '',
    proxyUrl: proxyUrl ?? '',
    models: models ?? [],
    otherFields: keysOf(document, map).filter((name) => !KNOWN_FIELDS.has(name)),
    malformed: [apiKey, prefix, baseUrl, proxyUrl, models].includes(null),
    indirect,
  };
}

/** A scalar's text, `''` for null and absent; `null` for what is no scalar. */
function textOf(node: YamlNode | null): string | null {
  if (node === null) return '';
  if (node.kind !== 'scalar') return null;
  return node.isNull ? '' : node.value;
}

function readModels(document: YamlDocument, node: YamlNode | null): EntryModel[] | null {
  if (node === null || (node.kind === 'scalar' && node.isNull)) return [];
  if (node.kind !== 'list') return null;
  const models: EntryModel[] = [];
  for (const item of node.items()) {
    const map = resolved(document, item.value);
    const model = map?.kind === 'map' ? readModel(document, map) : null;
    if (model === null) return null;
    models.push(model);
  }
  return models;
}

function readModel(document: YamlDocument, map: YamlMap): EntryModel | null {
  const name = textOf(lookUp(document, map, 'name'));
  const alias = textOf(lookUp(document, map, 'alias'));
  if (name === null || alias === null) return null;
  const extra = keysOf(document, map).some((key) => key !== 'name' && key !== 'alias');
  return { name, alias, extra };
}
