import { BrowserWindow, dialog, Menu, nativeTheme, screen, type WebContents } from 'electron';
import { HOME, parseRoute, type Route } from '../../shared/state/routes.ts';
import * as m from '../../shared/words/generated/messages.js';
import { contextMenuRows } from './menus.ts';
import { addressOf } from './page-address.ts';
import type { PreferenceStore } from './preferences.ts';
import { LEAST_SIZE, placeWindow } from './window-bounds.ts';
import { commandOf, zoomedLevel } from './window-keys.ts';
import { offerReload } from './window-faults.ts';

/** What the page paints first, so that nothing flashes: `--surface` of renderer/theme/tokens.css. */
const SURFACE = { light: '#ffffff', dark: '#1b1d20' } as const;

/** How long a page may take to agree to be closed, in milliseconds. */
const HANGING_MS = 5000;

export interface WindowOptions {
  readonly preferences: PreferenceStore;
  /** The preload's file. */
  readonly preload: string;
  /** The window's icon where the system does not take the program's; null elsewhere. */
  readonly icon: string | null;
  readonly onClosed: () => void;
  readonly onQuit: () => void;
  /** A fault of the page that a person was told of. */
  readonly onFault: (event: string, reason: string) => void;
}

/** The one window: made when it is asked for, and gone when it is closed. */
export interface MainWindow {
  /** Shows it, at this place; null: where it is, or where it was last. */
  open(route: Route | null): void;
  /** Of the window that is open now. */
  readonly contents: () => WebContents | null;
  /** Whether a person looks at it. */
  readonly isFocused: () => boolean;
  /** Resolves to false where a person rather keeps what they typed. */
  close(): Promise<boolean>;
  /** Without asking. */
  destroy(): void;
}

export function createMainWindow(options: WindowOptions): MainWindow {
  const { preferences } = options;
  let window: BrowserWindow | null = null;
  let onAnswer: (isDiscarded: boolean) => void = () => undefined;
  let onAsked: () => void = () => undefined;

  function make(route: Route): void {
    const made = newWindow(options);
    window = made;
    made.on('close', () => remember(made, preferences));
    made.once('closed', () => {
      if (window !== made) return;
      window = null;
      options.onClosed();
    });
    made.webContents.on('will-prevent-unload', (event) => {
      onAsked();
      const discarded = isDiscarded(made);
      // To prevent it is to pass over the page's wish to stay.
      if (discarded) event.preventDefault();
      onAnswer(discarded);
    });
    connectKeys(made, options);
    offerReload(made, {
      onFault: options.onFault,
      reopen: () => {
        const place = placeOf(made);
        window = null;
        made.destroy();
        make(place);
      },
      close: () => made.destroy(),
    });
    load(made, route);
  }

  return {
    open: (route) => {
      if (window === null) {
        make(route ?? parseRoute(preferences.get().lastPlace));
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (route !== null && window.webContents.getURL() !== addressOf(route)) load(window, route);
    },
    contents: () => window?.webContents ?? null,
    isFocused: () => window?.isFocused() ?? false,
    close: () => {
      const closing = window;
      if (closing === null) return Promise.resolve(true);
      return new Promise((resolve) => {
        // A page that hangs never says whether it may be closed.
        const hanging = setTimeout(() => closing.destroy(), HANGING_MS);
        onAsked = () => clearTimeout(hanging);
        onAnswer = (discarded) => {
          if (!discarded) resolve(false);
        };
        closing.once('closed', () => {
          clearTimeout(hanging);
          resolve(true);
        });
        closing.close();
      });
    },
    destroy: () => {
      if (window !== null) remember(window, preferences);
      window?.destroy();
    },
  };
}

function newWindow({ preferences, preload, icon }: WindowOptions): BrowserWindow {
  const { bounds, isMaximized } = preferences.get();
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const made = new BrowserWindow({
    ...placeWindow(bounds, areas),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: 'CLIProxy Sync',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? SURFACE.dark : SURFACE.light,
    ...(icon === null ? {} : { icon }),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  made.once('ready-to-show', () => {
    if (isMaximized) made.maximize();
    made.show();
  });
  return made;
}

/** With only another hash, the page stays and is led there. */
function load(window: BrowserWindow, route: Route): void {
  // Rejects where a later call leads elsewhere before this one has arrived; faults of the page are told apart.
  window.loadURL(addressOf(route)).catch(() => undefined);
}

function placeOf(window: BrowserWindow): Route {
  const url = window.webContents.getURL();
  const hash = url.indexOf('#');
  return hash < 0 ? HOME : parseRoute(url.slice(hash));
}

function remember(window: BrowserWindow, preferences: PreferenceStore): void {
  const place = placeOf(window);
  const last = addressOf(place.view === 'overview' ? HOME : place);
  preferences.set({
    bounds: window.getNormalBounds(),
    isMaximized: window.isMaximized(),
    lastPlace: last.slice(last.indexOf('#')),
  });
}

function isDiscarded(window: BrowserWindow): boolean {
  const buttons = [m.main_keep_editing(), m.main_discard()];
  const choice = dialog.showMessageBoxSync(window, {
    type: 'question',
    message: m.main_unsaved(),
    detail: m.main_unsaved_detail(),
    buttons,
    defaultId: 0,
    cancelId: 0,
  });
  return choice === 1;
}

function connectKeys(window: BrowserWindow, { onQuit }: WindowOptions): void {
  const contents = window.webContents;
  contents.on('before-input-event', (event, press) => {
    const command = commandOf(press, process.platform);
    if (command === null) return;
    event.preventDefault();
    if (command === 'close') window.close();
    else if (command === 'quit') onQuit();
    else contents.setZoomLevel(zoomedLevel(contents.getZoomLevel(), command));
  });
  contents.on('context-menu', (_event, place) => {
    const rows = contextMenuRows(place);
    if (rows !== null) Menu.buildFromTemplate(rows).popup({ window });
  });
}
