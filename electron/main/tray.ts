import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Menu, nativeImage, Tray } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { Disposable } from '../core/support/disposable.ts';
import { trayIconFile, type TrayIconStyle } from './tray-icon-file.ts';
import type { TrayModel } from './tray-model.ts';
import type { TrayAction, TrayRow } from './tray-row.ts';

export interface TrayPlace {
  /** Where `build/make-icons.mjs` put the icons. */
  readonly iconsFolder: string;
  readonly iconStyle: TrayIconStyle;
  /** Carries out what a row asks for; a primary click on the icon asks to open the window where it was. */
  readonly act: (action: TrayAction) => void;
}

export interface DesktopTray extends Disposable {
  show(model: TrayModel): void;
  setIconStyle(style: TrayIconStyle): void;
  /** To be called when a host appears: on Linux a tray that was made before never gets to it. */
  recreate(): void;
}

/** The icon beside the clock. Only what differs is set: a menu that is set anew closes where it is open. */
export function createTray({ iconsFolder, iconStyle, act }: TrayPlace, first: TrayModel): DesktopTray {
  let style = iconStyle;
  let model = first;
  let tray = make();

  function make(): Tray {
    const made = new Tray(image());
    // macOS opens the menu by itself.
    if (process.platform !== 'darwin') made.on('click', () => act({ kind: 'open', route: null }));
    made.setToolTip(model.tooltip);
    made.setContextMenu(menuOf(model.rows));
    return made;
  }

  function image(): Electron.NativeImage {
    return nativeImage.createFromPath(join(iconsFolder, trayIconFile(model.icon, style, process.platform)));
  }

  function menuOf(rows: readonly TrayRow[]): Electron.Menu {
    return Menu.buildFromTemplate(rows.map(templateOf));
  }

  function templateOf(row: TrayRow): MenuItemConstructorOptions {
    switch (row.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'label':
        return { label: row.label, enabled: false };
      case 'command':
        return { label: row.label, enabled: row.enabled, click: () => act(row.action) };
      case 'checkbox':
        return {
          type: 'checkbox',
          label: row.label,
          enabled: row.enabled,
          checked: row.checked,
          click: () => {
            act(row.action);
            // It ticks itself on a click; it must show what holds until the state says otherwise.
            tray.setContextMenu(menuOf(model.rows));
          },
        };
      case 'submenu':
        return { label: row.label, submenu: row.rows.map(templateOf) };
    }
  }

  return {
    show: (next) => {
      const before = model;
      model = next;
      if (tray.isDestroyed()) return;
      if (next.icon !== before.icon) tray.setImage(image());
      if (next.tooltip !== before.tooltip) tray.setToolTip(next.tooltip);
      if (!isDeepStrictEqual(next.rows, before.rows)) tray.setContextMenu(menuOf(next.rows));
    },
    setIconStyle: (next) => {
      if (next === style) return;
      style = next;
      if (!tray.isDestroyed()) tray.setImage(image());
    },
    recreate: () => {
      tray.destroy();
      tray = make();
    },
    dispose: () => {
      if (!tray.isDestroyed()) tray.destroy();
    },
  };
}
