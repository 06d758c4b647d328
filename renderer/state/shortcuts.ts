import { HOME, type View } from '../../shared/state/routes.ts';
import type { App } from './app.svelte.ts';
import {
  type Host,
  keysOf,
  type KeyPress,
  labelOf,
  matches,
  type ShortcutName,
  SHORTCUTS,
} from './shortcut-keys.ts';

/** Keys as this host shows them, as in `Ctrl+K`. */
export function shortcutLabel(name: ShortcutName): string {
  const host = thisHost();
  return labelOf(keysOf(name, host), host);
}

/** What shortcuts do that the window's frame does for them. */
export interface ShortcutActs {
  readonly openPalette: () => void;
  /** The view that comes up next takes the focus. */
  readonly focusView: () => void;
}

/** Acts on the window's shortcuts until what it returns is called. While a dialog is open they are not heard. */
export function listenForShortcuts(app: App, act: ShortcutActs): () => void {
  const host = thisHost();
  const listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isDialogOpen()) return;
    const name = SHORTCUTS.find((one) => matches(event satisfies KeyPress, keysOf(one, host), host));
    if (name === undefined || (!WORK_IN_FIELDS.has(name) && isField(event.target))) return;
    if (run(name, app, act)) event.preventDefault();
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}

/** Goes to a view, or back to what was chosen there. */
export function goTo(app: Pick<App, 'router'>, view: View): void {
  switch (view) {
    case 'overview':
      app.router.go(HOME);
      break;
    case 'profiles':
      app.router.go({ view, name: null });
      break;
    case 'catalog':
      app.router.go({ view, model: null });
      break;
    case 'history':
      app.router.go({ view, record: null });
      break;
    case 'settings':
      app.router.go({ view });
      break;
  }
}

/** Opens the creation of a profile, wherever the window is. */
export function goToNewProfile(app: Pick<App, 'router' | 'intents'>): void {
  goTo(app, 'profiles');
  app.intents.ask('new-profile');
}

/** Syncs where its result is seen. */
export function goToSync(app: Pick<App, 'router' | 'intents'>): void {
  goTo(app, 'overview');
  app.intents.ask('sync');
}

/** Keys that have a meaning of their own in a field stay the field's. */
const WORK_IN_FIELDS: ReadonlySet<ShortcutName> = new Set([
  'palette',
  'overview',
  'profiles',
  'catalog',
  'history',
  'settings',
  'sync',
  'search',
]);

/** False where there is nothing to do, so that the key keeps its usual meaning. */
function run(name: ShortcutName, app: App, act: ShortcutActs): boolean {
  switch (name) {
    case 'palette':
      act.openPalette();
      return true;
    case 'overview':
    case 'profiles':
    case 'catalog':
    case 'history':
    case 'settings':
      if (app.router.route.view !== name) act.focusView();
      goTo(app, name);
      return true;
    case 'sync':
      goToSync(app);
      return true;
    case 'new-profile':
      goToNewProfile(app);
      return true;
    case 'search':
      return focusSearch();
    case 'undo':
      if (app.toasts.shown.every(({ undo }) => undo === null)) return false;
      app.toasts.undoLatest();
      return true;
  }
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  field?.focus();
  field?.select();
  return field !== null;
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

function thisHost(): Host {
  return {
    isMac: /^mac/i.test(navigator.platform),
    isDesktop: window.cliproxySync !== undefined,
  };
}
