import type { ProxyObservation } from '../../shared/schema/observation.ts';
import type { PlanView } from '../../shared/schema/plan.ts';
import type { AppState, TargetState } from '../../shared/schema/state.ts';
import { addition, CCS, DRIFT, KEY_CHANGE, profile, profiles, removal, SKIPPED } from './glance-profiles.ts';

/**
 * One state for each row of the tray's table, and some that are hard to show: for the tests of tray and window, and
 * for screenshots. Browsers load this file, too: no Node, no test tool.
 */

/** The moment at which all these states hold, in milliseconds since the epoch: 2026-11-22, 13:32 UTC. */
export const GLANCE_NOW_MS = 1_795_354_320_000;

const MINUTE_MS = 60_000;
const CONFIG = `${CCS}/cliproxy/config.yaml`;

const NO_PLAN: PlanView = { operations: [], skipped: [], held: [], warnings: [], consent: [] };

const WITNESSES = { version: '7.2.99', management: 'no-key', watching: true, pid: 4711 } as const;

const LOADED: ProxyObservation = {
  state: 'loaded',
  by: 'management-api',
  ...WITNESSES,
  management: 'answered',
};

const NOT_LOADED: ProxyObservation = {
  state: 'not-loaded',
  why: 'differs',
  missing: ['glm-/glm-5', 'glm-/glm-5-air', 'km-/kimi-k2'],
  missingCount: 3,
  ghosts: [],
  ghostCount: 0,
  ...WITNESSES,
  watching: false,
};

const REVIEW: PlanView = {
  ...NO_PLAN,
  operations: [removal('km', 58), removal('hf', 71)],
  consent: [{ code: 'mass-removal', removed: 2, owned: 3 }],
};

function target(over: Partial<TargetState> = {}): TargetState {
  return {
    id: 'local',
    name: 'local',
    path: CONFIG,
    remote: null,
    state: 'in-sync',
    error: null,
    plan: NO_PLAN,
    fights: [],
    lastDrift: null,
    proxy: LOADED,
    lastSyncMs: GLANCE_NOW_MS - 12 * MINUTE_MS,
    lastRecord: 12,
    ...over,
  };
}

/** A target on another machine, whose proxy is written through its management API. */
function office(over: Partial<TargetState>): TargetState {
  return target({
    id: 'office',
    name: 'office',
    path: 'https://office.example.test:8317',
    remote: { mode: 'auto', paused: false, version: '7.2.99', busy: false, waiting: 0, profiles: [] },
    ...over,
  });
}

function state(over: Partial<AppState> = {}): AppState {
  return {
    revision: 7,
    ccsDirectory: CCS,
    activity: { kind: 'idle' },
    watcher: { state: 'running' },
    autoSync: { mode: 'follow-ccs', enabled: true, source: 'ccs', pausedUntilMs: null },
    profiles: profiles(),
    targets: [target()],
    catalog: null,
    capabilities: { tray: true, autostart: true, notifications: true, openFile: true, clipboard: true },
    service: { pid: 4200, host: 'tray', version: '0.1.0' },
    ...over,
  };
}

function syncing(by: 'user' | 'auto'): AppState {
  return state({
    activity: { kind: 'syncing', by, sinceMs: GLANCE_NOW_MS - 2_000, profiles: 2 },
    profiles: profiles({ glm: 'pending', km: 'pending' }),
    targets: [target({ state: 'pending', plan: { ...NO_PLAN, operations: [addition('glm'), KEY_CHANGE] } })],
  });
}

function failed(error: NonNullable<TargetState['error']>): AppState {
  return state({ targets: [target({ state: 'error', error, plan: null })] });
}

/** By the rows of the table (experience, "Tray"); each is valid by the schema of AppState. */
export const GLANCE_STATES = {
  starting: state({
    revision: 0,
    activity: { kind: 'starting' },
    watcher: { state: 'starting' },
    profiles: [],
    targets: [target({ state: 'starting', plan: null, proxy: null, lastSyncMs: null, lastRecord: null })],
  }),
  'syncing-user': syncing('user'),
  'error-yaml': failed({
    error: {
      code: 'target-refused',
      path: CONFIG,
      refusal: { code: 'duplicate-key', line: 41, column: 1, detail: 'port' },
    },
    retryAtMs: null,
  }),
  'error-watcher': state({ watcher: { state: 'stopped' } }),
  'error-ccs-gone': failed({
    error: { code: 'ccs-directory-missing', path: CCS },
    retryAtMs: GLANCE_NOW_MS + MINUTE_MS,
  }),
  'auth-failed': state({ targets: [target(), office({ state: 'auth-failed', proxy: null })] }),
  review: state({
    profiles: profiles().filter(({ name }) => name !== 'hf' && name !== 'km'),
    targets: [target({ state: 'review', plan: REVIEW })],
  }),
  offline: state({
    targets: [
      target(),
      office({
        state: 'offline',
        proxy: null,
        plan: { ...NO_PLAN, operations: [addition('glm'), addition('openrouter'), KEY_CHANGE] },
        lastSyncMs: GLANCE_NOW_MS - 190 * MINUTE_MS,
      }),
    ],
  }),
  'not-loaded': state({ targets: [target({ state: 'not-loaded', proxy: NOT_LOADED })] }),
  paused: state({
    autoSync: {
      mode: 'follow-ccs',
      enabled: true,
      source: 'ccs',
      pausedUntilMs: GLANCE_NOW_MS + 58 * MINUTE_MS,
    },
  }),
  'auto-sync-off': state({
    autoSync: { mode: 'follow-ccs', enabled: false, source: 'ccs', pausedUntilMs: null },
    profiles: profiles({ openrouter: 'pending' }),
    targets: [target({ state: 'pending', plan: { ...NO_PLAN, operations: [addition('openrouter')] } })],
  }),
  released: state({ targets: [target({ state: 'released' })] }),
  'syncing-auto': syncing('auto'),
  empty: state({
    profiles: [],
    targets: [
      target({ state: 'empty', proxy: { state: 'not-running' }, lastSyncMs: null, lastRecord: null }),
    ],
  }),
  synced: state(),
  'synced-not-running': state({ targets: [target({ proxy: { state: 'not-running' } })] }),
  'synced-unchecked': state({
    targets: [target({ proxy: { state: 'unverified', why: 'only-credentials-changed', ...WITNESSES } })],
  }),
  held: state({
    profiles: profiles({ km: 'held' }),
    targets: [target({ plan: { ...NO_PLAN, held: ['km'] } })],
  }),
  /** So many that lists must not draw them all. */
  thousand: state({
    profiles: Array.from({ length: 1_000 }, (_, at) => profile(`team-${String(at + 1).padStart(4, '0')}`)),
  }),
  /** Skipped for every reason, a repair that is told, a fight, a watcher that only polls. */
  mixed: state({
    watcher: { state: 'polling', why: 'ENOSPC' },
    profiles: [...profiles({ km: 'held', openrouter: 'review' }), ...SKIPPED],
    targets: [
      target({
        state: 'review',
        plan: {
          operations: [DRIFT],
          skipped: SKIPPED.flatMap(({ name, path, registered, reason }) =>
            reason === null ? [] : [{ profile: name, path, registered, reason }],
          ),
          held: ['km'],
          warnings: [
            { code: 'readable-by-others', path: CONFIG, mode: '0644' },
            { code: 'changed-by-hand', profile: 'my.custom-1', line: 102 },
          ],
          consent: [],
        },
        fights: [{ profile: 'openrouter', field: 'base-url', times: 3, by: 'ccs' }],
        lastDrift: {
          atMs: GLANCE_NOW_MS - 25 * MINUTE_MS,
          profiles: ['glm', 'openrouter'],
          by: 'ccs',
          record: 11,
        },
      }),
    ],
  }),
} as const satisfies Readonly<Record<string, AppState>>;

export type GlanceStateName = keyof typeof GLANCE_STATES;

/** The names of all states, in the order of the table. */
export const GLANCE_STATE_NAMES = Object.keys(GLANCE_STATES) as readonly GlanceStateName[];
