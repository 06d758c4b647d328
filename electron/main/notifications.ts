import { Notification } from 'electron';
import type { Note } from './notification-words.ts';

/** Shows a notification; a click on it calls `onClick`. Where there is no daemon for them nothing is shown. */
export function showNotification({ title, body }: Pick<Note, 'title' | 'body'>, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  notification.on('click', onClick);
  // Emitted where nobody on the session bus takes notifications: the tray and the window say the same.
  notification.on('failed', () => undefined);
  notification.show();
}
