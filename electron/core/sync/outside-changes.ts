import type { OutsideChange } from '../../../shared/schema/undo.ts';
import type { OwnedEntry } from '../plan/owned-entry.ts';
import type { TargetContent } from '../targets/target-text.ts';
import { SECTION_KEY, sectionValue } from '../yaml/find-section.ts';
import type { SectionEntry } from '../yaml/section.ts';
import type { YamlNode } from '../yaml/yaml-tree.ts';

/**
 * What of a configuration, our own part aside, would change if it became another one: by the names of its
 * top-level keys, since their values may be secret. `ours` are the present one's entries that we own.
 */
export function outsideChanges(
  now: TargetContent,
  then: TargetContent,
  ours: ReadonlyMap<SectionEntry, OwnedEntry>,
): readonly OutsideChange[] {
  const changes: OutsideChange[] = [];
  const before = topLevel(now);
  const after = topLevel(then);
  for (const [key, text] of before) {
    const other = after.get(key);
    if (other === undefined) changes.push({ key, change: 'removed' });
    else if (other !== text) changes.push({ key, change: 'changed' });
  }
  for (const key of after.keys()) {
    if (!before.has(key)) changes.push({ key, change: 'added' });
  }
  if (losesEntries(now, then, ours)) changes.push({ key: SECTION_KEY, change: 'changed' });
  if (losesComments(now, then)) changes.push({ key: '#', change: 'changed' });
  return changes;
}

/** The source text of each top-level value, but for the section that we write ourselves. */
function topLevel({ document }: TargetContent): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { key, value } of document.root?.pairs() ?? []) {
    if (key.kind !== 'scalar' || key.value === SECTION_KEY) continue;
    texts.set(key.value, document.text.slice(value.start, value.end));
  }
  return texts;
}

/** Whether others' entries, or what others added to ours, are not in the other text. */
function losesEntries(
  now: TargetContent,
  then: TargetContent,
  ours: ReadonlyMap<SectionEntry, OwnedEntry>,
): boolean {
  const items = sectionItems(now);
  const kept = new Set(sectionItems(then).map((item) => textOf(then, item)));
  return now.entries.some((entry) => {
    const item = items[entry.index];
    if (item === undefined || kept.has(textOf(now, item))) return false;
    const line = ours.get(entry);
    return line === undefined || hasOthersFields(entry, line);
  });
}

function hasOthersFields({ otherFields, proxyUrl, models }: SectionEntry, line: OwnedEntry): boolean {
  return (
    proxyUrl !== '' ||
    otherFields.some((name) => name !== 'id') ||
    models.some(({ name, alias, extra }) => extra || alias !== '' || !line.models.includes(name))
  );
}

function sectionItems({ document }: TargetContent): readonly YamlNode[] {
  const value = sectionValue(document);
  return value?.kind === 'list' ? value.items().map((item) => item.value) : [];
}

/** An entry as it is written, wherever it stands. */
function textOf({ document }: TargetContent, { start, end }: YamlNode): string {
  const lines = document.text.slice(start, end).split('\n');
  return lines.map((line) => line.trim()).join('\n');
}

/** What looks like a comment and is none is taken for one: then a person is asked once too often. */
function losesComments(now: TargetContent, then: TargetContent): boolean {
  const kept = new Map<string, number>();
  for (const comment of commentsOf(then)) kept.set(comment, (kept.get(comment) ?? 0) + 1);
  return commentsOf(now).some((comment) => {
    const left = kept.get(comment) ?? 0;
    kept.set(comment, left - 1);
    return left <= 0;
  });
}

function commentsOf({ document }: TargetContent): readonly string[] {
  return document.text.split(/\r?\n/).flatMap((line) => /(?:^|\s)(#.*)$/.exec(line)?.[1]?.trim() ?? []);
}
