import { dialog, Notification } from 'electron';
import * as m from '../../shared/words/generated/messages.js';
import { type PreferenceStore, sayOnce } from './preferences.ts';

/** Says once, and never again on this machine, why there is no icon. A click on it opens the window. */
export function tellNoTray(preferences: PreferenceStore, open: () => void): void {
  if (!Notification.isSupported()) return;
  sayOnce(preferences, 'no-tray', (onSeen) => {
    const notice = new Notification({ title: m.main_no_tray(), body: m.main_no_tray_detail() });
    // Without a notification service Electron tells `failed` instead.
    notice.once('show', onSeen);
    notice.on('click', open);
    notice.show();
  });
}

/**
 * What closing the last window means where nothing else of us can be seen. Asks once; the answer holds from then on.
 */
export async function staysWithoutTray(preferences: PreferenceStore): Promise<boolean> {
  const { withoutTray } = preferences.get();
  if (withoutTray !== 'ask') return withoutTray === 'stay';
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: m.main_without_tray(),
    detail: m.main_without_tray_detail(),
    buttons: [m.main_stay(), m.main_quit_now()],
    defaultId: 0,
    cancelId: 0,
  });
  const stays = response === 0;
  preferences.set({ withoutTray: stays ? 'stay' : 'quit' });
  return stays;
}
