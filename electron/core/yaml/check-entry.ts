import type { EntryValues, ExpectedEntry } from './expected-entries.ts';
import { sectionValue } from './find-section.ts';
import { sameValue } from './same-value.ts';
import type { NewEntry, SectionEdit } from './section.ts';
import { findPair, type YamlDocument, type YamlItem, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** Whether two entries have the same values, field by field. */
export function sameEntry(a: EntryValues, b: EntryValues): boolean {
  return (
    a.apiKey === b.apiKey &&
    a.prefix === b.prefix &&
    a.baseUrl === b.baseUrl &&
    a.proxyUrl === b.proxyUrl &&
    a.malformed === b.malformed &&
    a.indirect === b.indirect &&
    a.otherFields.length === b.otherFields.length &&
    a.otherFields.every((name, index) => name === b.otherFields[index]) &&
    a.models.length === b.models.length &&
    a.models.every(({ name, alias, extra }, index) => {
      const other = b.models[index];
      return other !== undefined && name === other.name && alias === other.alias && extra === other.extra;
    })
  );
}

/** Whether an entry has the fields of one that we write, and no other. */
export function isOurs(node: YamlNode, { baseUrl, models }: NewEntry): boolean {
  const fields = [
    'api-key',
    'prefix',
    baseUrl === '' ? '' : 'base-url',
    'proxy-url',
    models.length === 0 ? '' : 'models',
  ];
  const wanted = fields.filter((name) => name !== '');
  return hasFields(node, wanted) && modelsOf(node).every((model) => hasFields(model, ['name', 'alias']));
}

/** Whether a mapping has these keys and no other, each with a value as we write it: a list, or double-quoted. */
function hasFields(node: YamlNode, names: readonly string[]): boolean {
  if (node.kind !== 'map' || node.pairs().length !== names.length) return false;
  return node.pairs().every(({ key, value }, index) => {
    return key.kind === 'scalar' && key.value === names[index] && (value.kind === 'list' || isQuoted(value));
  });
}

function isQuoted(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.style === 'double';
}

/** An entry in its text. */
export interface Place {
  readonly document: YamlDocument;
  readonly item: YamlItem;
}

export type EntryChange = Extract<SectionEdit, { readonly op: 'update' | 'copy-fields' }>;

/** Those of the edits that change this entry. */
export function changesTo(edits: readonly SectionEdit[], { was }: ExpectedEntry): EntryChange[] {
  return edits.filter(
    (edit): edit is EntryChange => (edit.op === 'update' || edit.op === 'copy-fields') && edit.index === was,
  );
}

/** Whether what no edit names is the same, letter by letter. */
export function keepsRest(old: Place, now: Place, edits: readonly EntryChange[]): boolean {
  const a = old.item.value;
  const b = now.item.value;
  if (edits.length === 0) return source(old.document, a) === source(now.document, b);
  if (a.kind !== 'map' || b.kind !== 'map') return false;
  const changed = new Set<string>();
  for (const edit of edits) {
    if (edit.op === 'copy-fields') {
      if (!copiedAre(edit, a, b)) return false;
      continue;
    }
    if (edit.set.apiKey !== undefined) changed.add('api-key');
    if (edit.set.prefix !== undefined) changed.add('prefix');
    if (edit.set.baseUrl !== undefined) changed.add('base-url');
    if (edit.models.length > 0) changed.add('models');
    if (edit.models.length > 0 && !keepsModels(old, now, edit)) return false;
  }
  return a.pairs().every((pair) => {
    if (pair.key.kind !== 'scalar' || changed.has(pair.key.value)) return true;
    const other = findPair(b, pair.key.value);
    return other !== null && source(old.document, pair.value) === source(now.document, other.value);
  });
}

function copiedAre(edit: Extract<SectionEdit, { op: 'copy-fields' }>, old: YamlMap, now: YamlMap): boolean {
  const from = itemsOf(edit.source)[edit.sourceIndex]?.value;
  if (from?.kind !== 'map') return false;
  return edit.fields.every((name) => {
    const wanted = findPair(from, name);
    if (wanted === null || findPair(old, name) !== null) return true;
    const found = findPair(now, name);
    return found !== null && sameValue(wanted.value, found.value);
  });
}

/** Whether the models that stay kept their other fields. */
function keepsModels(old: Place, now: Place, edit: Extract<SectionEdit, { op: 'update' }>): boolean {
  const removed = new Set(edit.models.flatMap((change) => (change.op === 'remove' ? [change.index] : [])));
  const found = modelsOf(now.item.value);
  const kept = modelsOf(old.item.value).filter((_model, index) => !removed.has(index));
  if (!found.slice(kept.length).every((model) => hasFields(model, ['name', 'alias']))) return false;
  return kept.every((model, index) => {
    const other = found[index];
    if (model.kind !== 'map' || other?.kind !== 'map') return false;
    const names = [model, other].map((map) => map.pairs().length - (findPair(map, 'name') === null ? 0 : 1));
    if (names[0] !== names[1]) return false;
    return model.pairs().every((pair) => {
      if (pair.key.kind !== 'scalar' || pair.key.value === 'name') return true;
      const same = findPair(other, pair.key.value);
      return same !== null && source(old.document, pair.value) === source(now.document, same.value);
    });
  });
}

/** The section's items, aliases followed. */
export function itemsOf(document: YamlDocument): readonly YamlItem[] {
  const value = sectionValue(document);
  return value?.kind === 'list' ? value.items() : [];
}

function modelsOf(entry: YamlNode): YamlNode[] {
  const models = entry.kind === 'map' ? findPair(entry, 'models')?.value : undefined;
  return models?.kind === 'list' ? models.items().map((item) => item.value) : [];
}

/** A part's text; the line break that ends a block scalar is missing where the file has no final one. */
export function source(
  document: YamlDocument,
  part: { readonly start: number; readonly end: number },
): string {
  return document.text.slice(part.start, part.end).replace(/\r?\n$/, '');
}
