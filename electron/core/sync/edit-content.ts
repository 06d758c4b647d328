import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { TargetContent } from '../targets/target-text.ts';
import { checkEdit } from '../yaml/check-edit.ts';
import { editOwnSection } from '../yaml/edit-own-section.ts';
import { editSection } from '../yaml/edit-section.ts';
import type { SectionEdit, SectionOrigin } from '../yaml/section.ts';

export interface EditedContent {
  /** Null where there was nothing to edit. */
  readonly newText: string | null;
  readonly origin: SectionOrigin | null;
}

/**
 * Makes a configuration's new text, and checks that it says what the edits promise: what does not is never
 * written. `origin` is how the section stood before our first entry; null where none is there yet.
 * Error: `target-refused`.
 */
export function editContent(
  content: TargetContent,
  edits: readonly SectionEdit[],
  from: { readonly path: string; readonly origin: SectionOrigin | null },
): Result<EditedContent, AppError> {
  if (edits.length === 0) return ok({ newText: null, origin: from.origin });
  const own = content.own === null ? null : editOwnSection(content.own, edits, from.origin);
  if (own !== null) return ok({ newText: own.text, origin: own.origin });
  const edited = editSection(content.document, edits, from.origin);
  if (!edited.ok) return err({ code: 'target-refused', path: from.path, refusal: edited.error });
  const refusal = checkEdit(content.document, edits, edited.value.text);
  if (refusal !== null) return err({ code: 'target-refused', path: from.path, refusal });
  return ok({ newText: edited.value.text, origin: edited.value.origin });
}
