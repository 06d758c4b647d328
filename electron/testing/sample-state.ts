import type { AppState } from '../../shared/schema/state.ts';

/** A state of a service that has just begun, with one target. */
export function sampleState(over: Partial<AppState> = {}): AppState {
  return {
    revision: 7,
    ccsDirectory: '/home/ana/.ccs',
    activity: { kind: 'idle' },
    watcher: { state: 'running' },
    autoSync: { mode: 'follow-ccs', enabled: true, source: 'ccs', pausedUntilMs: null },
    profiles: [],
    targets: [
      {
        id: 'local',
        name: 'Local',
        path: '/home/ana/.ccs/cliproxy/config.yaml',
        remote: null,
        state: 'in-sync',
        error: null,
        plan: null,
        fights: [],
        lastDrift: null,
        proxy: null,
        lastSyncMs: null,
        lastRecord: null,
      },
    ],
    catalog: null,
    capabilities: { tray: false, autostart: false, notifications: false, openFile: false, clipboard: false },
    service: { pid: 1, host: 'serve', version: '0.1.0' },
    ...over,
  };
}
