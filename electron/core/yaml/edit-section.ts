import type { YamlRefusal } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { copiedItem, copiedPair, missingPairs } from './copy-entry.ts';
import { createSection } from './create-section.ts';
import { updateEntry } from './edit-entry.ts';
import { editList } from './edit-list.ts';
import { appendPairs } from './edit-map.ts';
import { findSection, sectionValue } from './find-section.ts';
import { newEntryItem, type NewItem } from './new-item.ts';
import { indirect, refuseItem, refuseSection, refuseUpdate } from './refuse-edit.ts';
import { emptySection, originOf } from './section-origin.ts';
import type { SectionEdit, SectionOrigin } from './section.ts';
import { applySplices, type Splice } from './splice.ts';
import { afterMark, columnOf } from './text-lines.ts';
import type { YamlDocument, YamlItem, YamlList, YamlMap } from './yaml-tree.ts';

export interface EditedSection {
  readonly text: string;
  /** What to remember for the removal of our last entry; `null` once that has been used. */
  readonly origin: SectionOrigin | null;
}

/**
 * Makes edits in the `claude-api-key` section and leaves every other byte as it is. `origin` tells how the section
 * stood before our first entry, `null` where none of ours is there; it is used when no entry is left. Indexes are
 * those of the document before the edits.
 *
 * Refuses with `indirect` what bears anchors, aliases, merge keys or tags in the edited part, or is laid out in a
 * way that can't be edited safely, and with `section-not-list`.
 */
export function editSection(
  document: YamlDocument,
  edits: readonly SectionEdit[],
  origin: SectionOrigin | null,
): Result<EditedSection, YamlRefusal> {
  const { text, eol } = document;
  if (edits.length === 0) return ok({ text, origin });
  // Every line ends while we work, so that lines can be moved; what was put there is taken away again.
  const isOpen = text.length > afterMark(text) && !text.endsWith('\n');
  const working = isOpen ? closed(document) : document;
  const made = makeSplices(working, edits, origin);
  if (!made.ok) return made;
  const result = applySplices(working.text, made.value.splices);
  // A blank line that is last now was not last before, and may belong to a block scalar.
  const keepsBreak = !isOpen || made.value.keepsBreak || /\n\r?\n$/.test(result);
  const after = made.value.origin;
  const atEnd = findSection(document) === null && working.contentEnd === working.text.length;
  const leads = isOpen && atEnd && after?.kind === 'absent';
  return ok({
    text: keepsBreak ? result : result.replace(/\r?\n$/, ''),
    origin: leads ? { kind: 'absent', lead: eol } : after,
  });
}

function closed(document: YamlDocument): YamlDocument {
  const text = document.text + document.eol;
  const contentEnd = document.contentEnd === document.text.length ? text.length : document.contentEnd;
  return { ...document, text, contentEnd };
}

interface Made {
  readonly splices: readonly Splice[];
  readonly origin: SectionOrigin | null;
  /** Whether the line break that is last then was the text's own. */
  readonly keepsBreak: boolean;
}

function makeSplices(
  document: YamlDocument,
  edits: readonly SectionEdit[],
  origin: SectionOrigin | null,
): Result<Made, YamlRefusal> {
  const pair = findSection(document);
  const added = newItems(edits);
  if (!added.ok) return added;
  if (document.root === null || pair === null) {
    if (sectionValue(document) !== null)
      return err(indirect(document, document.root?.start ?? 0, 'merge-key'));
    const created = createSection(document, added.value);
    return created.ok ? ok({ ...created.value, keepsBreak: false }) : created;
  }
  const refusal = refuseSection(document, pair);
  if (refusal !== null) return err(refusal);
  const place = { root: document.root, pair };
  const changed = changeEntries(document, pair.value.kind === 'list' ? pair.value : null, edits);
  if (!changed.ok) return changed;
  const { removed, splices } = changed.value;
  const count = pair.value.kind === 'list' ? pair.value.items().length : 0;
  if (added.value.length === 0 && removed.size > 0 && removed.size === count) {
    return ok({ ...emptySection(document, place, origin), origin: null });
  }
  const list = editList(document, { parent: place.root, pair }, { removed, added: added.value });
  const startsHere = origin === null && added.value.length > 0;
  const after = startsHere ? originOf(document, place) : origin;
  return ok({ splices: [...splices, ...list], origin: after, keepsBreak: false });
}

/** What goes to the end of the list, in the order of the edits. */
function newItems(edits: readonly SectionEdit[]): Result<NewItem[], YamlRefusal> {
  const items: NewItem[] = [];
  for (const edit of edits) {
    if (edit.op === 'add') items.push(newEntryItem(edit.entry));
    if (edit.op !== 'copy') continue;
    const { list, item } = sourceItem(edit.source, edit.sourceIndex);
    const refusal = refuseItem(edit.source, item);
    if (refusal !== null) return err(refusal);
    items.push(copiedItem(edit.source, list, item));
  }
  return ok(items);
}

function changeEntries(
  document: YamlDocument,
  list: YamlList | null,
  edits: readonly SectionEdit[],
): Result<{ removed: ReadonlySet<number>; splices: readonly Splice[] }, YamlRefusal> {
  const removed = new Set<number>();
  const splices: Splice[] = [];
  for (const edit of edits) {
    if (edit.op === 'add' || edit.op === 'copy') continue;
    const item = list?.items()[edit.index];
    if (item === undefined) throw new Error(`No entry ${edit.index} to ${edit.op}`);
    const refusal = edit.op === 'remove' ? refuseItem(document, item) : refuseUpdate(document, item);
    if (refusal !== null) return err(refusal);
    if (edit.op === 'remove') removed.add(edit.index);
    else if (edit.op === 'update') splices.push(...updateEntry(document, mapOf(item), edit));
    else {
      const copied = copyFields(document, mapOf(item), edit);
      if (!copied.ok) return copied;
      splices.push(...copied.value);
    }
  }
  return ok({ removed, splices });
}

function copyFields(
  document: YamlDocument,
  target: YamlMap,
  edit: Extract<SectionEdit, { op: 'copy-fields' }>,
): Result<readonly Splice[], YamlRefusal> {
  const { source, sourceIndex, fields } = edit;
  const { item } = sourceItem(source, sourceIndex);
  const refusal = refuseUpdate(source, item);
  if (refusal !== null) return err(refusal);
  const from = mapOf(item);
  const pairs = missingPairs(target, from, fields).map((pair) => copiedPair(source, from, pair));
  if (pairs.length === 0) return ok([]);
  const indent = columnOf(document.text, target.start) + 1;
  const lines = pairs.flatMap((pair) => pair.lines);
  return ok(appendPairs(document, target, { lines, flow: pairs.map((pair) => pair.flow(indent)) }));
}

function sourceItem(source: YamlDocument, index: number): { list: YamlList; item: YamlItem } {
  const list = sectionValue(source);
  const item = list?.kind === 'list' ? list.items()[index] : undefined;
  if (list?.kind !== 'list' || item === undefined) throw new Error(`No entry ${index} to copy`);
  return { list, item };
}

function mapOf({ value }: YamlItem): YamlMap {
  if (value.kind !== 'map') throw new Error('The entry is no mapping');
  return value;
}
