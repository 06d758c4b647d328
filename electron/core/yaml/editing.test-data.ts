import { parse } from 'yaml';
import { parseYaml } from './parse-yaml.ts';
import type { ModelEdit, NewEntry, SectionEdit } from './section.ts';
import type { YamlDocument } from './yaml-tree.ts';

/** Reads a text that a test knows to be fine. */
export function documentOf(text: string): YamlDocument {
  const parsed = parseYaml(text);
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.error)} in ${JSON.stringify(text)}`);
  return parsed.value;
}

/** An entry as the full parser gives it. */
export interface Entry {
  [field: string]: unknown;
  models?: Record<string, unknown>[] | null;
}

/** The section as the full parser reads it. */
export function entriesOf(text: string): (Entry | null)[] {
  const root = (parse(text, { merge: true }) ?? {}) as Record<string, unknown>;
  return [...((root['claude-api-key'] as Entry[] | null | undefined) ?? [])];
}

/** What the whole file should say after adds, removals and updates, by the full parser alone. */
export function expectedValue(text: string, edits: readonly SectionEdit[]): Record<string, unknown> {
  const root = (parse(text, { merge: true }) ?? {}) as Record<string, unknown>;
  const entries = entriesOf(text);
  const added: Entry[] = [];
  for (const edit of edits) {
    if (edit.op === 'add') added.push(entryValue(edit.entry));
    if (edit.op === 'remove') entries[edit.index] = null;
    if (edit.op !== 'update') continue;
    const entry = entries[edit.index] as Entry;
    if (edit.set.apiKey !== undefined) entry['api-key'] = edit.set.apiKey;
    if (edit.set.prefix !== undefined) entry['prefix'] = edit.set.prefix;
    if (edit.set.baseUrl !== undefined) entry['base-url'] = edit.set.baseUrl;
    if (edit.models.length > 0) entry.models = editedModels(entry.models ?? [], edit.models);
  }
  return { ...root, 'claude-api-key': [...entries.filter((entry) => entry !== null), ...added] };
}

function entryValue({ apiKey, prefix, baseUrl, models }: NewEntry): Entry {
  return {
    'api-key': apiKey,
    prefix,
    ...(baseUrl === '' ? {} : { 'base-url': baseUrl }),
    'proxy-url': '',
    ...(models.length === 0 ? {} : { models: models.map((name) => ({ name, alias: '' })) }),
  };
}

function editedModels(
  models: Record<string, unknown>[],
  edits: readonly ModelEdit[],
): Record<string, unknown>[] {
  const removed = edits.flatMap((edit) => (edit.op === 'remove' ? [edit.index] : []));
  for (const edit of edits) {
    if (edit.op === 'rename') models[edit.index] = { ...models[edit.index], name: edit.name };
  }
  const added = edits.flatMap((edit) => (edit.op === 'add' ? [{ name: edit.name, alias: '' }] : []));
  return [...models.filter((_model, index) => !removed.includes(index)), ...added];
}
