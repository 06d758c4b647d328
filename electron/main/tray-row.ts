import type { AutoSyncState } from '../../shared/schema/state.ts';
import type { Route } from '../../shared/state/routes.ts';

/** The tray's icons, each a shape of its own: the names of the files that build/make-icons.mjs draws. */
export type TrayIconName =
  | 'plain'
  | 'dimmed'
  | 'syncing'
  /** A red mark. */
  | 'error'
  /** An amber mark. */
  | 'review'
  /** A grey cloud. */
  | 'offline'
  /** An amber clock. */
  | 'waiting'
  | 'paused';

/** What choosing a row asks for. */
export type TrayAction =
  | { readonly kind: 'sync' }
  | { readonly kind: 'set-auto-sync'; readonly mode: AutoSyncState['mode']; readonly enabled: boolean }
  | { readonly kind: 'pause'; readonly durationMs: number }
  | { readonly kind: 'resume' }
  /** Opens the window. `route` null: where it was. */
  | { readonly kind: 'open'; readonly route: Route | null }
  | { readonly kind: 'quit' };

/** One row of the menu. Labels are as the menu takes them: short, `&` doubled. */
export type TrayRow =
  /** Says something and can't be chosen. */
  | { readonly kind: 'label'; readonly label: string }
  | {
      readonly kind: 'command';
      readonly label: string;
      readonly enabled: boolean;
      readonly action: TrayAction;
    }
  | {
      readonly kind: 'checkbox';
      readonly label: string;
      readonly enabled: boolean;
      readonly checked: boolean;
      readonly action: TrayAction;
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly rows: readonly TrayRow[] }
  | { readonly kind: 'separator' };

export const SEPARATOR: TrayRow = { kind: 'separator' };

/** A row that opens a place in the window. */
export function opening(label: string, route: Route | null): TrayRow {
  return { kind: 'command', label: menuText(label), enabled: true, action: { kind: 'open', route } };
}

/** Wider menus hide the desktop; counted in characters as people see them. */
const LONGEST_LABEL = 60;

/** A text as a menu takes it: a single `&` would mark an access key, and vanish. */
export function menuText(text: string): string {
  return shortened(text, LONGEST_LABEL).replaceAll('&', '&&');
}

/** At most `length` characters as people see them, the last an ellipsis where some are left out. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const seen = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return seen.length <= length
    ? text
    : `${seen
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}
