import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { EVENTS } from '../../shared/contract.ts';
import { type Ask, CALL_CHANNEL, SUBSCRIBE_CHANNEL } from '../../shared/ipc-channels.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { Disposable } from '../core/support/disposable.ts';
import type { DesktopService } from './desktop-service.ts';
import { createNewestSender, type NewestSender } from './newest-sender.ts';
import { isPageAddress } from './page-address.ts';
import { receiveCall, type Sender } from './receive-call.ts';

interface Page extends NewestSender<AppState> {
  readonly contents: WebContents;
}

/** The contract over IPC, for the one window's page. `contents`: of the window that is open now. */
export function serveIpc(
  service: Pick<DesktopService, 'dispatch' | 'subscribe'>,
  contents: () => WebContents | null,
): Disposable {
  let page: Page | null = null;
  let following: Disposable | null = null;

  function senderOf({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): Sender {
    const own = contents();
    // The frame is null where it is gone already.
    const isOwnFrame = senderFrame !== null && own !== null && senderFrame === own.mainFrame;
    return { isOwnFrame, isPage: isOwnFrame && isPageAddress(senderFrame.url) };
  }

  function pageOf(sender: WebContents): Page {
    if (page?.contents === sender) return page;
    leave();
    const send = (state: AppState): void => {
      if (!sender.isDestroyed()) sender.send(SUBSCRIBE_CHANNEL, 'state', EVENTS.state.payload.parse(state));
    };
    const made = { contents: sender, ...createNewestSender(send) };
    page = made;
    following = service.subscribe((state) => made.offer(state));
    sender.once('destroyed', () => {
      if (page === made) leave();
    });
    return made;
  }

  function leave(): void {
    following?.dispose();
    following = null;
    page = null;
  }

  const onAsk = (event: IpcMainEvent, name: unknown, what: unknown): void => {
    const { isOwnFrame, isPage } = senderOf(event);
    if (isOwnFrame && isPage && name === 'state' && isAsk(what)) pageOf(event.sender).ask(what);
  };
  ipcMain.handle(CALL_CHANNEL, (event, method: unknown, input: unknown) =>
    receiveCall({ sender: senderOf(event), method, input }, service.dispatch),
  );
  ipcMain.on(SUBSCRIBE_CHANNEL, onAsk);
  return {
    dispose: () => {
      ipcMain.removeHandler(CALL_CHANNEL);
      ipcMain.off(SUBSCRIBE_CHANNEL, onAsk);
      leave();
    },
  };
}

function isAsk(what: unknown): what is Ask {
  return what === 'present' || what === 'next';
}
