import { app } from 'electron';
import { ok } from '../../shared/result.ts';
import type { CoreDeps } from '../core/core.ts';
import type { Autostarter } from '../service/host-abilities.ts';
import { autostartPath, fileAutostarter } from './autostart-file.ts';
import { HIDDEN } from './hidden-start.ts';

/** Starting at login, as this system does it; null where it would start something else than us. */
export function createAutostarter({ env, homedir, platform }: CoreDeps): Autostarter | null {
  if (platform === 'linux') {
    if (homedir === null) return null;
    // An AppImage's program lies in a mount that is gone when it ends.
    const program = [env['APPIMAGE'] ?? process.execPath];
    const words = [...program, ...(app.isPackaged ? [] : [app.getAppPath()]), HIDDEN];
    return fileAutostarter(autostartPath(env, homedir), words);
  }
  // From a checkout it would be Electron itself that starts.
  return app.isPackaged && (platform === 'darwin' || platform === 'win32') ? loginItem() : null;
}

function loginItem(): Autostarter {
  const item = { args: [HIDDEN] };
  return {
    get: () => Promise.resolve(app.getLoginItemSettings(item).openAtLogin),
    set: (openAtLogin) => {
      app.setLoginItemSettings({ ...item, openAtLogin });
      return Promise.resolve(ok(undefined));
    },
  };
}
