import type { OutsideChange } from '../../../shared/schema/undo.ts';
import type { TargetContent } from '../targets/target-text.ts';
import type { SectionEntry } from '../yaml/section.ts';

const SECTION = 'claude-api-key';

/**
 * What of a configuration, our own entries aside, would change if it became another one: by the names of its
 * top-level keys, since their values may be secret.
 */
export function outsideChanges(
  now: TargetContent,
  then: TargetContent,
  ours: ReadonlySet<SectionEntry>,
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
  const foreign = now.entries.filter((entry) => !ours.has(entry));
  const kept = new Set(then.entries.map(identity));
  if (foreign.some((entry) => !kept.has(identity(entry)))) changes.push({ key: SECTION, change: 'changed' });
  return changes;
}

/** The source text of each top-level value, but for the section that we write ourselves. */
function topLevel({ document }: TargetContent): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { key, value } of document.root?.pairs() ?? []) {
    if (key.kind !== 'scalar' || key.value === SECTION) continue;
    texts.set(key.value, document.text.slice(value.start, value.end));
  }
  return texts;
}

function identity({ index: _index, line: _line, ...entry }: SectionEntry): string {
  return JSON.stringify(entry);
}
