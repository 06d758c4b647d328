import type { Glance } from '../../shared/state/glance.ts';
import { HOME, type Route } from '../../shared/state/routes.ts';
import * as m from '../../shared/words/generated/messages.js';
import { opening, type TrayRow } from './tray-row.ts';

/** Where the window shows what a glance says, and what can be done about it. */
export function routeToCause({ kind }: Glance): Route {
  switch (kind) {
    case 'review':
      return { view: 'overview', preview: true };
    case 'empty':
      return { view: 'profiles', name: null };
    case 'error':
    case 'auth-failed':
    case 'offline':
    case 'not-loaded':
    case 'released':
    case 'starting':
    case 'syncing':
    case 'paused':
    case 'auto-sync-off':
    case 'synced':
      return HOME;
  }
}

/** The row that leads to the cause of a problem, and says what is found there; none where nothing is wrong. */
export function causeRow(glance: Glance): readonly TrayRow[] {
  const words = causeWords(glance);
  return words === null ? [] : [opening(words, routeToCause(glance))];
}

function causeWords(glance: Glance): string | null {
  switch (glance.kind) {
    case 'error':
      return m.tray_show_error();
    case 'review':
      return m.tray_show_review();
    case 'auth-failed':
    case 'offline':
      return m.tray_show_target({ name: glance.name });
    case 'not-loaded':
      return m.tray_show_restart();
    case 'released':
      return m.tray_show_released();
    case 'empty':
      return m.tray_create_profile();
    case 'starting':
    case 'syncing':
    case 'paused':
    case 'auto-sync-off':
    case 'synced':
      return null;
  }
}
