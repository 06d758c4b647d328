import type { WatcherOptions } from '../core/watch/watcher.ts';
import type { Watcher } from '../core/watch/watcher-interface.ts';

/** Hints as a test gives them, and the rescan that covers the rest. */
export interface HintSource {
  readonly make: (options: WatcherOptions) => Watcher;
  readonly hint: (path: string | null) => void;
}

export function hintSource(): HintSource {
  let tell: (path: string | null) => void = () => undefined;
  return {
    hint: (path) => tell(path),
    make: ({ clock, listeners }) => {
      tell = listeners.onHint;
      const rescan = (): void => {
        listeners.onHint(null);
        timer = clock.setTimer(60_000, rescan);
      };
      let timer = clock.setTimer(60_000, rescan);
      return {
        state: { state: 'running' },
        watch: () => listeners.onState({ state: 'running' }),
        dispose: () => {
          tell = () => undefined;
          timer.dispose();
        },
      };
    },
  };
}
