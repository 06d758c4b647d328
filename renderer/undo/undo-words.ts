import * as m from '../../shared/words/generated/messages.js';
import type { Undoing } from './undo-flow.svelte.ts';

/** The dialog's title and the verb of its button. `latest`: the change that the core found where none was named. */
export function undoWords(
  undoing: Undoing | null,
  latest: number | null,
): { readonly title: string; readonly confirm: string } {
  if (undoing?.kind === 'restore')
    return { title: m.undo_ui_title_restore(), confirm: m.undo_ui_confirm_restore() };
  if (undoing?.kind === 'release')
    return { title: m.undo_ui_title_release(), confirm: m.undo_ui_confirm_release() };
  if (undoing?.record === 0) {
    const title = undoing.target === undefined ? m.undo_ui_title_first() : m.undo_ui_title_first_server();
    return { title, confirm: m.undo_ui_confirm_first() };
  }
  const id = undoing?.record ?? latest;
  const title = id === null ? m.undo_ui_title_last() : m.undo_ui_title({ id });
  return { title, confirm: m.undo_ui_confirm() };
}
