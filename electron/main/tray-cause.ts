import type { Glance } from '../../shared/state/glance.ts';
import { LOCAL_TARGET } from '../../shared/schema/remote.ts';
import { HOME, type Route } from '../../shared/state/routes.ts';
import * as m from '../../shared/words/generated/messages.js';
import { opening, type TrayRow } from './tray-row.ts';

/** Where the window shows what a glance says, and what can be done about it. */
export function routeToCause(glance: Glance): Route {
  switch (glance.kind) {
    case 'review':
      return { view: 'overview', preview: true, ...serverOf(glance.target) };
    case 'empty':
      return { view: 'profiles', name: null };
    case 'error':
    case 'auth-failed':
    case 'offline':
    case 'not-loaded':
      return { ...HOME, ...serverOf(glance.target) };
    case 'released':
    case 'starting':
    case 'syncing':
    case 'paused':
    case 'auto-sync-off':
    case 'synced':
      return HOME;
  }
}

/** A server has a card of its own; what is wrong with the local file stands first anyway. */
function serverOf(target: string | null): { readonly target?: string } {
  return target === null || target === LOCAL_TARGET ? {} : { target };
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
      return glance.name === null ? m.tray_show_restart() : m.tray_show_target({ name: glance.name });
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
