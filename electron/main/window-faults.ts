import { type BrowserWindow, dialog } from 'electron';
import * as m from '../../shared/words/generated/messages.js';

export interface FaultChoices {
  /** For the log. `reason`: Chromium's word, as in `crashed` or `oom`. */
  readonly onFault: (event: string, reason: string) => void;
  /** Makes the window anew, at the same place. */
  readonly reopen: () => void;
  readonly close: () => void;
}

/** A page that has crashed, hangs or can't be loaded is told of, and offered anew: never an empty window. */
export function offerReload(window: BrowserWindow, { onFault, reopen, close }: FaultChoices): void {
  const contents = window.webContents;
  let hanging: AbortController | null = null;

  async function ask(
    message: string,
    otherwise: { readonly label: string; readonly act: () => void },
  ): Promise<void> {
    hanging?.abort();
    const asking = new AbortController();
    hanging = asking;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message,
      detail: m.main_page_fault_detail(),
      buttons: [m.main_reload(), otherwise.label],
      defaultId: 0,
      cancelId: 1,
      signal: asking.signal,
    });
    if (asking.signal.aborted || window.isDestroyed()) return;
    if (response === 0) reopen();
    else otherwise.act();
  }

  const closing = { label: m.main_close_window(), act: close };
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    onFault('page-gone', reason);
    window.show();
    void ask(m.main_page_gone(), closing);
  });
  contents.on('did-fail-load', (...[, code, reason, , isMainFrame]) => {
    // -3: another address was asked for meanwhile.
    if (!isMainFrame || code === -3) return;
    onFault('page-not-loaded', reason);
    window.show();
    void ask(m.main_page_not_loaded(), closing);
  });
  contents.on('unresponsive', () => {
    onFault('page-hangs', '');
    void ask(m.main_page_hangs(), { label: m.main_wait(), act: () => undefined });
  });
  contents.on('responsive', () => hanging?.abort());
}
