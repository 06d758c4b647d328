import { setImmediate } from 'node:timers/promises';
import type { FSWatcher } from 'chokidar';
import { errorCode } from './error-code.ts';

export interface NativeListeners {
  /** Something happened to this name in the folder, or to the folder itself; null where the system doesn't say. */
  readonly onEvent: (name: string | null) => void;
  /** The watch is of no use any more. `code` is the system's. */
  readonly onError: (code: string) => void;
}

export interface NativeWatch {
  /** From now on no listener is called; resolves when the system's watch is given back. */
  close(): Promise<void>;
}

export type OpenedWatch =
  | { readonly ok: true; readonly watch: NativeWatch }
  /** `code`: ENOSPC and EMFILE where inotify is exhausted, ENOENT where the folder went meanwhile, EACCES, … */
  | { readonly ok: false; readonly code: string };

/** How long the system may take to begin, in milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * Has the system tell us of changes in a folder, not below it: one watch for the folder and none for its files, of
 * which the folder's watch tells as well. Resolves when it watches or can't.
 */
export async function openNativeWatch(folder: string, listeners: NativeListeners): Promise<OpenedWatch> {
  // Loaded late: most commands watch nothing.
  const { watch } = await import('chokidar');
  const watcher = watch(folder, {
    depth: 0,
    ignoreInitial: true,
    // Meant for editors that save by rename; it would leave out folders that are named like their temporary files.
    atomic: false,
    ignored: (_path, stats) => stats !== undefined && !stats.isDirectory(),
  });
  // The raw events, because the others are of files, which are left out here.
  watcher.on('raw', (_event, name: unknown) => listeners.onEvent(typeof name === 'string' ? name : null));
  const failure = await failureToOpen(watcher, folder);
  if (failure !== null) {
    await closeWatcher(watcher);
    return { ok: false, code: failure };
  }
  watcher.on('error', (error) => listeners.onError(errorCode(error)));
  return { ok: true, watch: { close: () => closeWatcher(watcher) } };
}

async function failureToOpen(watcher: FSWatcher, folder: string): Promise<string | null> {
  const code = await new Promise<string | null>((resolve) => {
    // A folder that becomes a file at the wrong moment is never ready, and never an error.
    const patience = setTimeout(() => resolve('ETIMEDOUT'), PATIENCE_MS).unref();
    const settle = (outcome: string | null): void => {
      clearTimeout(patience);
      resolve(outcome);
    };
    watcher.once('ready', () => settle(null));
    watcher.once('error', (error) => settle(errorCode(error)));
  });
  if (code !== null) return code;
  // Polling can be forced by the environment (CHOKIDAR_USEPOLLING); then changes within a file would not be seen.
  if (watcher.options.usePolling) return 'CHOKIDAR_USEPOLLING';
  // It is ready also where the folder was gone for a moment, and then watches nothing. Only its closers tell.
  return watcher._closers.has(folder) ? null : 'ENOENT';
}

async function closeWatcher(watcher: FSWatcher): Promise<void> {
  watcher.removeAllListeners();
  // What chokidar has begun may still fail after it was closed, and an error that nobody hears is thrown.
  watcher.on('error', () => undefined);
  // Between its making a watch and its noting it lie only microtasks; closed in there, the watch would stay for ever.
  await setImmediate();
  const closing = watcher.close();
  watcher.on('error', () => undefined);
  await closing;
}
