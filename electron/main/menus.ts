import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import * as m from '../../shared/words/generated/messages.js';

type Rows = MenuItemConstructorOptions[];

/** What of the right-clicked place decides its menu. */
export type ClickedPlace = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>;

/** Cut, copy, paste and select all in a field; copy for a selection elsewhere; null where there is nothing to do. */
export function contextMenuRows({ isEditable, selectionText, editFlags }: ClickedPlace): Rows | null {
  if (isEditable) {
    return [
      { role: 'cut', label: m.main_cut(), enabled: editFlags.canCut },
      { role: 'copy', label: m.main_copy(), enabled: editFlags.canCopy },
      { role: 'paste', label: m.main_paste(), enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', label: m.main_select_all(), enabled: editFlags.canSelectAll },
    ];
  }
  return selectionText.trim() === '' ? null : [{ role: 'copy', label: m.main_copy() }];
}

/** macOS needs a menu for its keys; elsewhere there is none (the window knows the zoom keys itself). */
export function applicationMenuRows(
  platform: NodeJS.Platform,
  act: { readonly settings: () => void; readonly quit: () => void },
): Rows | null {
  if (platform !== 'darwin') return null;
  return [
    {
      label: 'CLIProxy Sync',
      submenu: [
        { role: 'about' },
        { type: 'separator' },
        { label: m.main_menu_settings(), accelerator: 'Command+,', click: act.settings },
        { type: 'separator' },
        { role: 'services' },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { label: m.main_menu_quit(), accelerator: 'Command+Q', click: act.quit },
      ],
    },
    { role: 'editMenu' },
    {
      label: m.main_menu_view(),
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
}
