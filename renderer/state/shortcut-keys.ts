import type { View } from '../../shared/state/routes.ts';

/** Everything that has keys of its own. */
export type ShortcutName = View | 'palette' | 'sync' | 'new-profile' | 'search' | 'undo';

/** In the order in which they are listed. */
export const SHORTCUTS: readonly ShortcutName[] = [
  'palette',
  'overview',
  'profiles',
  'catalog',
  'history',
  'settings',
  'sync',
  'new-profile',
  'search',
  'undo',
];

export interface Host {
  readonly isMac: boolean;
  /** A browser keeps keys for itself that a window of our own has. */
  readonly isDesktop: boolean;
}

/** `main` is Command on a Mac, Ctrl elsewhere. */
export interface Keys {
  readonly modifiers: readonly ('main' | 'ctrl' | 'alt' | 'shift')[];
  /** As it is written: a letter, a digit or `Enter`. */
  readonly key: string;
}

/** What of a keyboard event tells the keys. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * In a browser Ctrl+1 chooses a tab and Ctrl+N opens a window; Ctrl+Shift+1 and Alt+N are free in Chrome, Firefox and
 * Safari on all systems (Command+Shift+3 takes a screenshot, hence Ctrl on a Mac, too). No single letters: speech
 * input would press them by accident (WCAG 2.1.4).
 */
export function keysOf(name: ShortcutName, { isDesktop }: Host): Keys {
  switch (name) {
    case 'palette':
      return { modifiers: ['main'], key: 'K' };
    case 'overview':
    case 'profiles':
    case 'catalog':
    case 'history':
    case 'settings':
      return { modifiers: isDesktop ? ['main'] : ['ctrl', 'shift'], key: DIGITS[name] };
    case 'sync':
      return { modifiers: ['main', 'shift'], key: 'Enter' };
    case 'new-profile':
      return { modifiers: isDesktop ? ['main'] : ['alt'], key: 'N' };
    case 'search':
      return { modifiers: ['main'], key: 'F' };
    case 'undo':
      return { modifiers: ['main'], key: 'Z' };
  }
}

/** In the rail's order. */
const DIGITS: Readonly<Record<View, string>> = {
  overview: '1',
  profiles: '2',
  catalog: '3',
  history: '4',
  settings: '5',
};

/** `Ctrl+Shift+1`; on a Mac with its own signs. */
export function labelOf({ modifiers, key }: Keys, { isMac }: Host): string {
  if (isMac) return modifiers.map((modifier) => MAC_SIGNS[modifier]).join('') + (key === 'Enter' ? '↩' : key);
  return [...modifiers.map((modifier) => NAMES[modifier]), key].join('+');
}

const MAC_SIGNS = { main: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' } as const;
const NAMES = { main: 'Ctrl', ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift' } as const;

/** Whether just these keys were pressed. */
export function matches(press: KeyPress, { modifiers, key }: Keys, { isMac }: Host): boolean {
  const wants = (modifier: Keys['modifiers'][number]): boolean => modifiers.includes(modifier);
  const wantsCtrl = wants('ctrl') || (wants('main') && !isMac);
  const wantsMeta = wants('main') && isMac;
  if (press.ctrlKey !== wantsCtrl || press.metaKey !== wantsMeta) return false;
  if (press.altKey !== wants('alt') || press.shiftKey !== wants('shift')) return false;
  // With Shift or Alt a digit or letter gives another sign, so its place on the keyboard counts.
  if (/^\d$/.test(key)) return press.code === `Digit${key}`;
  return wants('alt') ? press.code === `Key${key}` : press.key.toLowerCase() === key.toLowerCase();
}
