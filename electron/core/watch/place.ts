import { basename } from 'node:path';
import type { Disposable } from '../support/disposable.ts';
import { fingerprintFolder, lookAtFolder, type Names } from './folder-look.ts';
import { type NativeWatch, openNativeWatch } from './native-watch.ts';

/** How changes in a place come to be known. `why` is the system's code. */
export type PlaceState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'watched' }
  | { readonly kind: 'missing' }
  /** The system can't tell of changes here, but they can be looked for. */
  | { readonly kind: 'polled'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string };

export interface PlaceListeners {
  /** Something happened to a name in the folder; null: to the folder itself, as far as is known. */
  readonly onEvent: (place: Place, name: string | null) => void;
  /** The folder came, went, or changed while nothing told of it. */
  readonly onChange: (place: Place) => void;
  /** The system's watch broke; the next `check` makes a new one. */
  readonly onBroken: (place: Place) => void;
}

/** A folder that is watched, whether it exists or not. */
export interface Place extends Disposable {
  readonly folder: string;
  readonly state: PlaceState;
  names: Names;
  /**
   * Finds out what stands at the path, watches it if it can, and looks for changes itself if it can't. Not to be
   * called again before it resolved. `retryNative`: ask the system anew although it refused before.
   */
  check(retryNative: boolean): Promise<void>;
}

/** Nothing is watched before the first `check`. */
export function createPlace(folder: string, listeners: PlaceListeners): Place {
  let state: PlaceState = { kind: 'unknown' };
  let watch: NativeWatch | null = null;
  let closing: Promise<void> | null = null;
  let identity: string | null = null;
  let refusal: string | null = null;
  let fingerprint: string | null = null;
  let doubts = 0;
  let disposed = false;
  const isDisposed = (): boolean => disposed;

  async function drop(): Promise<void> {
    // A new watch that is opened before the old one is closed would share the old one's, which may be dead.
    if (watch !== null) closing = watch.close();
    [watch, identity] = [null, null];
    await closing;
  }

  function become(next: PlaceState, changed: boolean): void {
    const differs = changed || next.kind !== state.kind;
    state = next;
    if (differs && !isDisposed()) listeners.onChange(place);
  }

  async function open(expected: string): Promise<void> {
    const doubtsBefore = doubts;
    const opened = await openNativeWatch(folder, {
      onEvent: (name) => {
        const itself = name === null || name === basename(folder);
        // Gone, moved, or only other rights: a new folder may have the old one's inode, so this watch is not trusted.
        if (itself) [doubts, identity] = [doubts + 1, null];
        if (!isDisposed()) listeners.onEvent(place, itself ? null : name);
      },
      onError: (code) => {
        state = { kind: 'polled', why: code };
        void drop();
        if (!isDisposed()) listeners.onBroken(place);
      },
    });
    if (!opened.ok) {
      refusal = opened.code === 'ENOENT' ? null : opened.code;
      return;
    }
    refusal = null;
    watch = opened.watch;
    // What is watched is what stood at the path when it was opened; only now is it known to be the right one.
    const look = await lookAtFolder(folder);
    if (isDisposed() || look.kind !== 'folder' || look.identity !== expected) await drop();
    else identity = doubts === doubtsBefore ? expected : null;
  }

  async function poll(why: string): Promise<void> {
    const before = fingerprint;
    fingerprint = await fingerprintFolder(folder, place.names);
    become({ kind: 'polled', why }, before !== fingerprint);
  }

  async function check(retryNative: boolean): Promise<void> {
    const look = await lookAtFolder(folder);
    if (watch !== null && look.kind === 'folder' && look.identity === identity) return;
    await drop();
    if (isDisposed()) return;
    if (look.kind !== 'folder') {
      [refusal, fingerprint] = [null, null];
      become(look.kind === 'missing' ? { kind: 'missing' } : { kind: 'unreadable', why: look.code }, false);
      return;
    }
    if (refusal === null || retryNative) await open(look.identity);
    if (isDisposed()) return;
    if (refusal !== null) return poll(refusal);
    fingerprint = null;
    // Changes from before it was watched were not told.
    become(watch === null ? { kind: 'missing' } : { kind: 'watched' }, true);
  }

  const place: Place = {
    folder,
    get state() {
      return state;
    },
    names: null,
    check,
    dispose: () => {
      disposed = true;
      void drop();
    },
  };
  return place;
}
