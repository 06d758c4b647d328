import { assertNever } from '../../shared/result.ts';
import type { View } from '../../shared/state/routes.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { PaletteAction } from './palette-commands.ts';

/** The row of a command. */
export function paletteWords(action: PaletteAction): string {
  switch (action.kind) {
    case 'go':
      return m.palette_go({ place: VIEWS[action.view]() });
    case 'profile':
      return action.name;
    case 'sync':
      return m.palette_sync();
    case 'preview':
      return m.palette_preview();
    case 'pause':
      return m.palette_pause();
    case 'resume':
      return m.palette_resume();
    case 'auto-sync':
      return action.enabled ? m.palette_auto_on() : m.palette_auto_off();
    case 'add-server':
      return m.palette_add_server();
    case 'refresh-catalog':
      return m.palette_refresh_catalog();
    case 'diagnostics':
      return m.palette_diagnostics();
    case 'new-profile':
      return m.palette_new_profile();
    case 'undo-last':
      return m.palette_undo_last();
    case 'theme':
      return THEMES[action.appearance]();
    default:
      return assertNever(action);
  }
}

const VIEWS: Readonly<Record<View, () => string>> = {
  overview: () => m.nav_overview(),
  profiles: () => m.nav_profiles(),
  catalog: () => m.nav_catalog(),
  history: () => m.nav_history(),
  settings: () => m.nav_settings(),
};

const THEMES = {
  light: () => m.palette_theme_light(),
  dark: () => m.palette_theme_dark(),
  system: () => m.palette_theme_system(),
} as const;
