import { onTestFinished } from 'vitest';
import type { AppState, TargetState } from '../../shared/schema/state.ts';
import { createLiveCore, type LiveDeps } from '../core/live/create-live-core.ts';
import type { LiveCore } from '../core/live-core.ts';
import { type Clock, systemClock } from '../core/support/clock.ts';
import { type EngineHome, must } from './engine-home.ts';

/** A proxy's configuration on a port where nothing listens. */
export const QUIET_CONFIG = 'host: 127.0.0.1\nport: 9\n';

/** Brings an engine to life on a home, shut down when the running test ends. */
export function liveHome(
  home: Pick<EngineHome, 'home'>,
  over: { readonly clock?: Clock } & Pick<Partial<LiveDeps>, 'createWatcher' | 'createStore'> = {},
): LiveCore {
  const live = must(
    createLiveCore({
      env: {},
      homedir: home.home,
      platform: process.platform,
      clock: systemClock(),
      capabilities: {
        tray: false,
        autostart: false,
        notifications: false,
        openFile: false,
        clipboard: false,
      },
      service: { pid: process.pid, host: 'watch', version: '0.0.0' },
      ...over,
    }),
  );
  onTestFinished(() => live.shutDown());
  return live;
}

/** Waits for a state; there is no other limit than the test's own. */
export function stateWhere(live: LiveCore, holds: (state: AppState) => boolean): Promise<AppState> {
  return new Promise((resolve) => {
    const subscription = live.subscribe((state) => {
      if (!holds(state)) return;
      queueMicrotask(() => subscription.dispose());
      resolve(state);
    });
  });
}

export function localTarget({ targets }: AppState): TargetState {
  const [local] = targets;
  if (local === undefined) throw new Error('no target');
  return local;
}

/** Idle, with the target in this state. */
export function restsAs(wanted: TargetState['state']): (state: AppState) => boolean {
  return (state) => state.activity.kind === 'idle' && localTarget(state).state === wanted;
}
