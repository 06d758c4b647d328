import { sectionValue } from './find-section.ts';
import { readEntry, readSection } from './read-section.ts';
import type { EntryModel, ModelEdit, SectionEdit, SectionEntry } from './section.ts';
import { findPair, type YamlDocument, type YamlItem } from './yaml-tree.ts';

/** An entry's values, wherever it stands. */
export type EntryValues = Omit<SectionEntry, 'index' | 'line'>;

/** An entry that should be there after some edits, and which one it was before; `null` for a new one. */
export interface ExpectedEntry {
  readonly values: EntryValues;
  readonly was: number | null;
}

/**
 * What the section should hold after the edits, worked out from values alone: it shares no code with the editor,
 * whose work it is there to check.
 */
export function expectedEntries(before: YamlDocument, edits: readonly SectionEdit[]): ExpectedEntry[] {
  const read = readSection(before);
  const entries = (read.ok ? read.value : []).map((entry): ExpectedEntry | null => ({
    values: valuesOf(entry),
    was: entry.index,
  }));
  const added: ExpectedEntry[] = [];
  for (const edit of edits) {
    if (edit.op === 'add') added.push({ values: addedValues(edit.entry), was: null });
    else if (edit.op === 'copy') added.push({ values: valuesOf(sourceEntry(edit)), was: null });
    else if (edit.op === 'remove') entries[edit.index] = null;
    else {
      const entry = entries[edit.index];
      if (!entry) throw new Error(`No entry ${edit.index} to ${edit.op}`);
      const values =
        edit.op === 'update' ? updated(entry.values, edit) : completed(before, entry.values, edit);
      entries[edit.index] = { ...entry, values };
    }
  }
  return [...entries.filter((entry) => entry !== null), ...added];
}

export function valuesOf(entry: SectionEntry): EntryValues {
  const { apiKey, prefix, baseUrl, proxyUrl, models, otherFields, malformed, indirect } = entry;
  return { apiKey, prefix, baseUrl, proxyUrl, models, otherFields, malformed, indirect };
}

function addedValues(entry: Extract<SectionEdit, { op: 'add' }>['entry']): EntryValues {
  const { apiKey, prefix, baseUrl } = entry;
  const models = entry.models.map(newModel);
  return {
    apiKey,
    prefix,
    baseUrl,
    proxyUrl: '',
    models,
    otherFields: [],
    malformed: false,
    indirect: false,
  };
}

function newModel(name: string): EntryModel {
  return { name, alias: '', extra: false };
}

function updated(values: EntryValues, edit: Extract<SectionEdit, { op: 'update' }>): EntryValues {
  return { ...values, ...edit.set, models: updatedModels(values.models, edit.models) };
}

function updatedModels(before: readonly EntryModel[], edits: readonly ModelEdit[]): EntryModel[] {
  const models: (EntryModel | null)[] = [...before];
  const added: EntryModel[] = [];
  for (const edit of edits) {
    if (edit.op === 'add') added.push(newModel(edit.name));
    else if (edit.op === 'remove') models[edit.index] = null;
    else {
      const model = models[edit.index];
      if (!model) throw new Error(`No model ${edit.index} to rename`);
      models[edit.index] = { ...model, name: edit.name };
    }
  }
  return [...models.filter((model) => model !== null), ...added];
}

function completed(
  before: YamlDocument,
  values: EntryValues,
  edit: Extract<SectionEdit, { op: 'copy-fields' }>,
): EntryValues {
  const source = sourceEntry(edit);
  const has = (document: YamlDocument, index: number, name: string): boolean => {
    const value = itemAt(document, index)?.value;
    return value?.kind === 'map' && findPair(value, name) !== null;
  };
  const names = new Set(edit.fields);
  const copied = [...names].filter(
    (name) => has(edit.source, edit.sourceIndex, name) && !has(before, edit.index, name),
  );
  const known: Record<string, Partial<EntryValues>> = {
    'api-key': { apiKey: source.apiKey },
    prefix: { prefix: source.prefix },
    'base-url': { baseUrl: source.baseUrl },
    'proxy-url': { proxyUrl: source.proxyUrl },
    models: { models: source.models },
  };
  const others = copied.filter((name) => known[name] === undefined);
  const fields = copied.map((name) => known[name] ?? {});
  return Object.assign({}, values, ...fields, {
    otherFields: [...values.otherFields, ...others],
  }) as EntryValues;
}

function sourceEntry({ source, sourceIndex }: { source: YamlDocument; sourceIndex: number }): SectionEntry {
  const item = itemAt(source, sourceIndex);
  if (item === undefined) throw new Error(`No entry ${sourceIndex} to copy`);
  return readEntry(source, item, sourceIndex);
}

function itemAt(document: YamlDocument, index: number): YamlItem | undefined {
  const list = sectionValue(document);
  return list?.kind === 'list' ? list.items()[index] : undefined;
}
