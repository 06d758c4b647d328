import { appendPairs, insertPair, quoteKeyLike } from './edit-map.ts';
import { editList } from './edit-list.ts';
import { replaceScalar } from './edit-scalar.ts';
import { flowList, modelLines, newModelItem } from './new-item.ts';
import { quoteScalar } from './quote-scalar.ts';
import type { ModelEdit, SectionEdit } from './section.ts';
import type { Splice } from './splice.ts';
import { findPair, type YamlDocument, type YamlMap, type YamlPair } from './yaml-tree.ts';

type EntryUpdate = Pick<Extract<SectionEdit, { op: 'update' }>, 'set' | 'models'>;

/** Our fields in the order in which a missing one is put after the one before it. */
const FIELDS = [
  ['api-key', 'apiKey'],
  ['prefix', 'prefix'],
  ['base-url', 'baseUrl'],
] as const;

/** Changes fields and models of an entry that is a mapping without anchors, explicit keys or single pairs. */
export function updateEntry(document: YamlDocument, entry: YamlMap, { set, models }: EntryUpdate): Splice[] {
  const splices: Splice[] = [];
  let after: YamlPair | null = null;
  for (const [key, name] of FIELDS) {
    const value = set[name];
    const pair = findPair(entry, key);
    if (value !== undefined) {
      const written = quoteScalar(value);
      if (pair !== null) splices.push(...replaceScalar(document, pair, written));
      else splices.push(insertPair(document, { map: entry, after }, [key, written]));
    }
    after = pair ?? after;
  }
  return [...splices, ...editModels(document, entry, models)];
}

function editModels(document: YamlDocument, entry: YamlMap, edits: readonly ModelEdit[]): Splice[] {
  const removed = new Set<number>();
  const added: string[] = [];
  const splices: Splice[] = [];
  const pair = findPair(entry, 'models');
  for (const edit of edits) {
    if (edit.op === 'add') added.push(edit.name);
    else if (edit.op === 'remove') removed.add(edit.index);
    else splices.push(...renameModel(document, pair, edit));
  }
  if (removed.size === 0 && added.length === 0) return splices;
  const items = added.map(newModelItem);
  if (pair !== null)
    return [...splices, ...editList(document, { parent: entry, pair }, { removed, added: items })];
  const key = quoteKeyLike(entry.pairs()[0], 'models');
  return appendPairs(document, entry, { lines: modelLines(items), flow: [`${key}: ${flowList(items, 0)}`] });
}

function renameModel(
  document: YamlDocument,
  pair: YamlPair | null,
  { index, name }: { readonly index: number; readonly name: string },
): Splice[] {
  const model = pair?.value.kind === 'list' ? pair.value.items()[index]?.value : undefined;
  if (model?.kind !== 'map') throw new Error(`No model ${index} to rename`);
  const written = quoteScalar(name);
  const named = findPair(model, 'name');
  if (named !== null) return replaceScalar(document, named, written);
  return [insertPair(document, { map: model, after: null }, ['name', written])];
}
