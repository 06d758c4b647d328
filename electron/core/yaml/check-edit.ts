import type { YamlRefusal } from '../../../shared/errors.ts';
import { changesTo, isOurs, itemsOf, keepsRest, sameEntry, source } from './check-entry.ts';
import { expectedEntries, valuesOf } from './expected-entries.ts';
import { findSection, sectionValue } from './find-section.ts';
import { type ShortenedEdit, shortened } from './own-entries.ts';
import { parseYaml } from './parse-yaml.ts';
import { readSection } from './read-section.ts';
import { sameValue } from './same-value.ts';
import type { SectionEdit } from './section.ts';
import type { YamlDocument, YamlPair } from './yaml-tree.ts';

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
  const short = shortened(edits, afterText);
  if (short !== null && holds(before, short)) return null;
  const parsed = parseYaml(afterText);
  if (!parsed.ok) return { ...parsed.error, code: 'check-failed' };
  return check(before, parsed.value, edits);
}

/** Whether the shortened text is right, and its seam lies between two items of the section's list at that column. */
function holds(before: YamlDocument, short: ShortenedEdit): boolean {
  const parsed = parseYaml(short.text);
  if (!parsed.ok || check(before, parsed.value, short.edits) !== null) return false;
  const list = sectionValue(parsed.value);
  const last = itemsOf(parsed.value).at(-1);
  const isItemLine = last !== undefined && last.start === short.seam + short.column;
  return list?.kind === 'list' && list.style === 'block' && isItemLine;
}

function check(before: YamlDocument, after: YamlDocument, edits: readonly SectionEdit[]): YamlRefusal | null {
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
