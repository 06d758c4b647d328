import Store from 'electron-store';
import { ipcMain } from 'electron';
import { parsePreferences, type PreferenceStore } from './preferences.ts';

/** The preferences in a file of the user's data folder; one that can't be read counts as none. */
export function openPreferences(): PreferenceStore {
  const store = new Store<Record<string, unknown>>({ name: 'preferences', clearInvalidConfig: true });
  // It tells every page where our data lies; ours does not need to know.
  ipcMain.removeAllListeners('electron-store-get-data');
  return {
    get: () => parsePreferences(store.store),
    set: (change) => {
      store.store = { ...parsePreferences(store.store), ...change };
    },
  };
}
