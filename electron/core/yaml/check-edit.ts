import type { YamlRefusal } from '../../../shared/errors.js';
import { expectedEntries, valuesOf, type EntryValues, type ExpectedEntry } from './expected-entries.js';
import { findSection, sectionValue } from './find-section.js';
import { parseYaml } from './parse-yaml.js';
import { readSection } from './read-section.js';
import { sameValue } from './same-value.js';
import type { NewEntry, SectionEdit } from './section.js';
import {
  findPair,
  type YamlDocument,
  type YamlItem,
  type YamlMap,
  type YamlNode,
  type YamlPair,
} from './yaml-tree.js';

/**
 * Reads an edited text anew and compares it with what the edits promise: each entry's values and order, the
 * fields and entries that no edit names letter by letter, and everything outside of the section. It is called
 * before every write. Code: `check-failed`, with the line of the edited text where it differs.
 */
export function checkEdit(
  before: YamlDocument,
  edits: readonly SectionEdit[],
  afterText: string,
): YamlRefusal | null {
  const parsed = parseYaml(afterText);
  if (!parsed.ok) return { ...parsed.error, code: 'check-failed' };
  const after = parsed.value;
  return checkSurroundings(before, after) ?? checkEntries(before, after, edits);
}

function failed(after: YamlDocument, offset: number, detail: string): YamlRefusal {
  return { code: 'check-failed', ...after.position(offset), detail };
}

function checkEntries(
  before: YamlDocument,
  after: YamlDocument,
  edits: readonly SectionEdit[],
): YamlRefusal | null {
  const expected = expectedEntries(before, edits);
  const start = findSection(after)?.start ?? 0;
  const read = readSection(after);
  if (!read.ok) return { ...read.error, code: 'check-failed' };
  if (read.value.length !== expected.length) return failed(after, start, 'entry-count');
  const oldItems = itemsOf(before);
  const newItems = itemsOf(after);
  const copies = edits.filter((edit) => edit.op === 'add' || edit.op === 'copy');
  const firstAdded = expected.length - copies.length;
  for (const [index, entry] of expected.entries()) {
    const found = read.value[index];
    const item = newItems[index];
    if (found === undefined || item === undefined) return failed(after, start, 'entry-count');
    if (!sameEntry(valuesOf(found), entry.values)) return failed(after, item.start, 'entry');
    const old = entry.was === null ? undefined : oldItems[entry.was];
    const copy = copies[index - firstAdded];
    if (old !== undefined) {
      if (!keepsRest({ document: before, item: old }, { document: after, item }, changesTo(edits, entry))) {
        return failed(after, item.start, 'field');
      }
    } else if (copy?.op === 'add') {
      if (!isOurs(item.value, copy.entry)) return failed(after, item.start, 'field');
    } else if (copy?.op === 'copy') {
      const source = itemsOf(copy.source)[copy.sourceIndex];
      if (source === undefined || !sameValue(source.value, item.value))
        return failed(after, item.start, 'copy');
    }
  }
  return null;
}

function sameEntry(a: EntryValues, b: EntryValues): boolean {
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
function isOurs(node: YamlNode, { baseUrl, models }: NewEntry): boolean {
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

interface Place {
  readonly document: YamlDocument;
  readonly item: YamlItem;
}

type EntryChange = Extract<SectionEdit, { readonly op: 'update' | 'copy-fields' }>;

function changesTo(edits: readonly SectionEdit[], { was }: ExpectedEntry): EntryChange[] {
  return edits.filter(
    (edit): edit is EntryChange => (edit.op === 'update' || edit.op === 'copy-fields') && edit.index === was,
  );
}

/** Whether what no edit names is the same, letter by letter. */
function keepsRest(old: Place, now: Place, edits: readonly EntryChange[]): boolean {
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

/** Whether the root's other pairs are the same in the same order, and the text before and after the section. */
function checkSurroundings(before: YamlDocument, after: YamlDocument): YamlRefusal | null {
  const old = surroundings(before);
  const now = surroundings(after);
  if (old.section !== null && now.section !== null) {
    if (old.before.length !== now.before.length) return failed(after, now.section.start, 'section-place');
    if (before.text.slice(0, old.section.start) !== after.text.slice(0, now.section.start)) {
      return failed(after, 0, 'before-section');
    }
  } else if (now.section !== null && now.after.length > 0)
    return failed(after, now.section.start, 'section-place');
  const others = [...now.before, ...now.after];
  const wanted = [...old.before, ...old.after];
  if (wanted.length !== others.length) return failed(after, now.section?.start ?? 0, 'top-level');
  for (const [index, pair] of wanted.entries()) {
    const other = others[index];
    if (other === undefined) return failed(after, 0, 'top-level');
    if (source(before, pair) !== source(after, other)) return failed(after, other.start, 'top-level');
  }
  const tail = old.after[0];
  const newTail = now.after[0];
  if (tail !== undefined && newTail !== undefined) {
    if (before.text.slice(tail.start) !== after.text.slice(newTail.start))
      return failed(after, newTail.start, 'after-section');
  }
  return null;
}

interface Surroundings {
  readonly section: YamlPair | null;
  readonly before: readonly YamlPair[];
  readonly after: readonly YamlPair[];
}

function surroundings(document: YamlDocument): Surroundings {
  const section = findSection(document);
  const pairs = document.root?.pairs() ?? [];
  const at = section === null ? pairs.length : pairs.indexOf(section);
  return { section, before: pairs.slice(0, at), after: pairs.slice(at + 1) };
}

function itemsOf(document: YamlDocument): readonly YamlItem[] {
  const value = sectionValue(document);
  return value?.kind === 'list' ? value.items() : [];
}

function modelsOf(entry: YamlNode): YamlNode[] {
  const models = entry.kind === 'map' ? findPair(entry, 'models')?.value : undefined;
  return models?.kind === 'list' ? models.items().map((item) => item.value) : [];
}

/** A part's text; the line break that ends a block scalar is missing where the file has no final one. */
function source(document: YamlDocument, part: { readonly start: number; readonly end: number }): string {
  return document.text.slice(part.start, part.end).replace(/\r?\n$/, '');
}
