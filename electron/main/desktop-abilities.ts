import { app, clipboard, Notification, shell } from 'electron';
import { err, ok } from '../../shared/result.ts';
import type { Capabilities } from '../../shared/schema/state.ts';
import type { CoreDeps } from '../core/core.ts';
import type { HostAbilities } from '../service/host-abilities.ts';
import { createAutostarter } from './autostart.ts';
import { createKeyClipboard, type KeyClipboard } from './key-clipboard.ts';

/** What a desktop can do for the contract. */
export interface DesktopAbilities {
  readonly abilities: HostAbilities;
  readonly capabilities: (hasTray: boolean) => Capabilities;
  readonly keys: KeyClipboard;
}

export function createDesktopAbilities(deps: CoreDeps): DesktopAbilities {
  const keys = createKeyClipboard(clipboard, deps.clock);
  const autostart = createAutostarter(deps);
  return {
    keys,
    abilities: {
      copyKey: (key) => keys.copy(key),
      copyText: (text) => clipboard.writeText(text),
      openFile: async (path) => {
        // The empty text is success; others are the system's words, in its language.
        const problem = await shell.openPath(path);
        return problem === '' ? ok(undefined) : err({ code: 'not-offered', method: 'files.open' });
      },
      autostart,
      webLink: null,
    },
    capabilities: (hasTray) => ({
      tray: hasTray,
      autostart: autostart !== null,
      notifications: app.isReady() && Notification.isSupported(),
      openFile: true,
      clipboard: true,
    }),
  };
}
