import { join } from 'node:path';
import type { Settings } from '../../shared/schema/settings.ts';
import type { TrayIconName } from './tray-row.ts';

export type TrayIconStyle = Settings['trayIcon'];

/**
 * Where below the icons' folder the tray's image lies (build/make-icons.mjs). macOS colours a template image itself;
 * Windows takes the size it needs from an ICO; on Linux one image of 44 px serves all panels.
 */
export function trayIconFile(name: TrayIconName, style: TrayIconStyle, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return join('tray', 'template', `${name}Template.png`);
    case 'win32':
      return join('tray', style, `${name}.ico`);
    default:
      return join('tray', style, `${name}.png`);
  }
}
