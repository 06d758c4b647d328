import type { WatcherState } from '../../../shared/schema/state.ts';
import type { Disposable } from '../support/disposable.ts';

/** What is to be watched: folders for what appears in them, files wherever they are. All absolute. */
export interface WatchedPaths {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/**
 * A source of hints. A hint says only that something may have changed; who gets it reads everything and compares
 * hashes. Missing folders and files are watched for, too.
 */
export interface Watcher extends Disposable {
  watch(paths: WatchedPaths): void;
  readonly state: WatcherState;
}

export interface WatcherListeners {
  /** `path` is where it was noticed; null where that is not known (an error, a wake from sleep, the rescan). */
  readonly onHint: (path: string | null) => void;
  readonly onState: (state: WatcherState) => void;
}
