import type { YamlRefusal } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { joinLines } from './edit-block-list.ts';
import { editFlow } from './edit-flow.ts';
import { SECTION_KEY } from './find-section.ts';
import { flowList, type NewItem } from './new-item.ts';
import { indirect } from './refuse-edit.ts';
import type { SectionOrigin } from './section.ts';
import { insertion, type Splice } from './splice.ts';
import { afterMark, columnOf, lineStart } from './text-lines.ts';
import type { YamlDocument } from './yaml-tree.ts';

export interface CreatedSection {
  readonly splices: readonly Splice[];
  readonly origin: SectionOrigin | null;
}

/**
 * Makes the section: a block indented by 2 after everything else, which is the form that CCS's regeneration of
 * the file keeps; in a root that is a flow mapping, one more pair. Refuses a tagged or anchored empty root.
 */
export function createSection(
  document: YamlDocument,
  added: readonly NewItem[],
): Result<CreatedSection, YamlRefusal> {
  const { text, eol, root } = document;
  if (added.length === 0) return ok({ splices: [], origin: null });
  if (root === null && document.rootMarked) return err(indirect(document, 0, 'tag'));
  if (root !== null && root.style !== 'block') {
    const { start, end } = root;
    const pair = `"${SECTION_KEY}": ${flowList(added, columnOf(text, start) + 1)}`;
    const flow = { start, end, parts: root.pairs(), commas: root.commas() };
    const splices = editFlow(document, flow, { removed: new Set(), added: [pair] });
    return ok({ splices, origin: { kind: 'absent', lead: '' } });
  }
  const column = root === null ? 0 : columnOf(text, root.start);
  if (root !== null && text.slice(lineStart(text, root.start), root.start).trim() !== '') {
    return err(indirect(document, root.start, 'layout'));
  }
  const lines = [
    `${' '.repeat(column)}${SECTION_KEY}:`,
    ...added.flatMap((item) => item.blockLines(column + 2, 2)),
  ];
  const at = Math.max(document.contentEnd, afterMark(text));
  return ok({ splices: [insertion(at, joinLines(lines, eol))], origin: { kind: 'absent', lead: '' } });
}
