import { assertNever } from '../../shared/result.ts';
import type { AppState } from '../../shared/schema/state.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { ShortcutName } from '../state/shortcut-keys.ts';

/** Where the service lives that this window shows. */
export function describeHost(host: AppState['service']['host'], pid: number): string {
  switch (host) {
    case 'tray':
      return m.settings_host_tray({ pid });
    case 'serve':
      return m.settings_host_command({ command: 'cliproxy-sync serve', pid });
    case 'watch':
      return m.settings_host_command({ command: 'cliproxy-sync watch', pid });
    default:
      return assertNever(host);
  }
}

/** What a shortcut does. */
export function describeShortcut(name: ShortcutName): string {
  switch (name) {
    case 'palette':
      return m.palette_open();
    case 'overview':
      return m.nav_overview();
    case 'profiles':
      return m.nav_profiles();
    case 'catalog':
      return m.nav_catalog();
    case 'history':
      return m.nav_history();
    case 'settings':
      return m.nav_settings();
    case 'sync':
      return m.palette_sync();
    case 'new-profile':
      return m.palette_new_profile();
    case 'search':
      return m.settings_shortcut_search();
    case 'undo':
      return m.settings_shortcut_undo();
    default:
      return assertNever(name);
  }
}
