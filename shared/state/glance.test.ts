import { describe, expect, it } from 'vitest';
import { GLANCE_NOW_MS, GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { sampleState } from '../../electron/testing/sample-state.ts';
import type { RemoteFault } from '../schema/remote.ts';
import type { AppState, RemoteState, TargetState } from '../schema/state.ts';
import { glanceOf, settledGlanceOf, type Glance, type GlanceKind } from './glance.ts';

const [SAMPLE] = sampleState().targets;

function withTargets(...targets: readonly Partial<TargetState>[]): AppState {
  if (SAMPLE === undefined) throw new Error('A sample without a target');
  const one = SAMPLE;
  return { ...GLANCE_STATES.synced, targets: targets.map((over) => ({ ...one, ...over })) };
}

const rows: readonly (readonly [keyof typeof GLANCE_STATES, Partial<Glance>])[] = [
  ['starting', { kind: 'starting' }],
  ['syncing-user', { kind: 'syncing', by: 'user', profiles: 2 }],
  ['error-yaml', { kind: 'error', target: 'local' }],
  ['error-watcher', { kind: 'error', target: null, error: null }],
  ['error-ccs-gone', { kind: 'error', target: 'local' }],
  ['auth-failed', { kind: 'auth-failed', target: 'office', name: 'office' }],
  ['review', { kind: 'review', target: 'local', changes: 2, fights: 0 }],
  ['offline', { kind: 'offline', target: 'office', name: 'office', changes: 3 }],
  ['not-loaded', { kind: 'not-loaded', target: 'local', profiles: 2 }],
  ['paused', { kind: 'paused', untilMs: GLANCE_NOW_MS + 58 * 60_000 }],
  ['auto-sync-off', { kind: 'auto-sync-off', pending: 1 }],
  ['released', { kind: 'released' }],
  ['syncing-auto', { kind: 'syncing', by: 'auto', profiles: 2 }],
  ['empty', { kind: 'empty' }],
  ['synced', { kind: 'synced', profiles: 5, held: 0 }],
  ['synced-not-running', { kind: 'synced', profiles: 5, proxy: { state: 'not-running' } }],
  ['synced-unchecked', { kind: 'synced', profiles: 5 }],
  ['held', { kind: 'synced', profiles: 4, held: 1 }],
  ['thousand', { kind: 'synced', profiles: 1_000 }],
  ['mixed', { kind: 'review', changes: 1, fights: 1 }],
];

describe('the glance', () => {
  it.each(rows)('of %s is its row of the table', (name, glance) => {
    expect(glanceOf(GLANCE_STATES[name])).toMatchObject(glance);
  });

  it('is the first row that holds, whatever stands below', () => {
    const below: readonly (readonly [Partial<TargetState>, GlanceKind])[] = [
      [{ state: 'error', error: { error: { code: 'no-home' }, retryAtMs: null } }, 'error'],
      [{ state: 'auth-failed' }, 'auth-failed'],
      [{ state: 'review' }, 'review'],
      [{ state: 'offline' }, 'offline'],
      [{ state: 'not-loaded' }, 'not-loaded'],
      [{ state: 'pending' }, 'syncing'],
      [{ state: 'in-sync' }, 'synced'],
    ];
    below.forEach(([, kind], from) => {
      const targets = below.slice(from).map(([over]) => over);
      expect(glanceOf(withTargets(...targets.reverse())).kind).toBe(kind);
    });
  });

  it('puts a sync that a person started above an error, an automatic one below a pause', () => {
    const activity = { kind: 'syncing', sinceMs: GLANCE_NOW_MS, profiles: 1 } as const;
    const asked = { ...GLANCE_STATES['error-yaml'], activity: { ...activity, by: 'user' } as const };
    expect(glanceOf(asked).kind).toBe('syncing');
    const byItself = { ...GLANCE_STATES['error-yaml'], activity: { ...activity, by: 'auto' } as const };
    expect(glanceOf(byItself).kind).toBe('error');
    const paused = { ...GLANCE_STATES.paused, activity: { ...activity, by: 'auto' } as const };
    expect(glanceOf(paused).kind).toBe('paused');
  });

  it('takes what waits for a sync about to come, unless none will come', () => {
    const pending = GLANCE_STATES['auto-sync-off'];
    const on = { ...pending, autoSync: { ...pending.autoSync, enabled: true } };
    expect(glanceOf(on)).toEqual({ kind: 'syncing', by: 'auto', profiles: 1 });
    expect(settledGlanceOf(on).kind).toBe('synced');
    const paused = { ...on, autoSync: { ...on.autoSync, pausedUntilMs: GLANCE_NOW_MS + 1 } };
    expect(glanceOf(paused).kind).toBe('paused');
  });

  it('promises no end of a pause where auto-sync is off anyway', () => {
    const { autoSync } = GLANCE_STATES.paused;
    expect(glanceOf({ ...GLANCE_STATES.paused, autoSync: { ...autoSync, enabled: false } }).kind).toBe(
      'auto-sync-off',
    );
  });

  it('counts all profiles of a proxy that is deaf, and none where only removed ones are still served', () => {
    const proxy = GLANCE_STATES['not-loaded'].targets[0]?.proxy;
    if (proxy?.state !== 'not-loaded') throw new Error('The fixture has changed');
    const seen = (over: Partial<typeof proxy>): Glance =>
      glanceOf({
        ...GLANCE_STATES['not-loaded'],
        targets: withTargets({ state: 'not-loaded', proxy: { ...proxy, ...over } }).targets,
      });
    expect(seen({ why: 'deaf', missing: [], missingCount: 0 })).toMatchObject({ profiles: 5 });
    expect(seen({ missingCount: 40 })).toMatchObject({ profiles: 5 });
    expect(
      seen({ why: 'ghosts', missing: [], missingCount: 0, ghosts: ['x-/y'], ghostCount: 1 }),
    ).toMatchObject({
      profiles: 0,
    });
  });
});

/** A server beside the local file, which is in line. */
function withServer(over: Partial<TargetState>, remote: Partial<RemoteState> = {}): AppState {
  const server = withTargets({ id: 'office', name: 'office', ...over }).targets.map((target) => ({
    ...target,
    remote: { ...REMOTE, ...remote },
  }));
  return { ...GLANCE_STATES.synced, targets: [...GLANCE_STATES.synced.targets, ...server] };
}

const REMOTE: RemoteState = {
  mode: 'auto',
  paused: false,
  version: null,
  busy: false,
  waiting: 0,
  profiles: [{ name: 'glm', state: 'synced', reason: null }],
};
const UNREACHABLE = { code: 'unreachable', reason: 'ECONNREFUSED' } as const;

function faulty(fault: RemoteFault): TargetState['error'] {
  return { error: { code: 'remote-fault', target: 'office', fault }, retryAtMs: null };
}

describe('the glance at several targets', () => {
  const local = (over: Partial<TargetState>, state: AppState): AppState => ({
    ...state,
    targets: state.targets.map((target) => (target.remote === null ? { ...target, ...over } : target)),
  });

  const missing: Partial<TargetState> = {
    state: 'error',
    error: { error: { code: 'target-missing', path: '/c.yaml', ccsInstalled: false }, retryAtMs: null },
    lastRecord: null,
  };

  it.each<[string, AppState, GlanceKind]>([
    ['was never written, where a server is synced', local(missing, withServer({})), 'synced'],
    ['was written before', local({ ...missing, lastRecord: 3 }, withServer({})), 'error'],
    [
      'was never written, where the only server is paused',
      local(missing, withServer({}, { paused: true })),
      'error',
    ],
    ['was never written, where there is no server', local(missing, GLANCE_STATES.synced), 'error'],
  ])('of a local configuration that is missing and %s', (_what, state, kind) => {
    expect(glanceOf(state).kind).toBe(kind);
  });

  it.each<[string, AppState, Partial<Glance>]>([
    ['one that is in line', withServer({}), { kind: 'synced', profiles: 5 }],
    [
      'one that is away, of which only our memory tells',
      withServer({ state: 'offline', plan: null, error: faulty(UNREACHABLE) }, { waiting: 3 }),
      { kind: 'offline', target: 'office', name: 'office', changes: 3, fault: UNREACHABLE },
    ],
    [
      'one that is away and paused',
      withServer({ state: 'offline', error: faulty(UNREACHABLE) }, { paused: true, waiting: 3 }),
      { kind: 'synced', profiles: 5 },
    ],
    [
      'one that is asked to agree to and paused',
      withServer({ state: 'review' }, { paused: true }),
      { kind: 'synced' },
    ],
    [
      'one that refuses the key, with the local file in review',
      local({ state: 'review' }, withServer({ state: 'auth-failed', error: faulty({ code: 'wrong-key' }) })),
      { kind: 'auth-failed', target: 'office', fault: { code: 'wrong-key' } },
    ],
    [
      'one that must be restarted',
      withServer({ state: 'not-loaded', plan: null, error: faulty({ code: 'deaf' }) }, { waiting: 2 }),
      { kind: 'not-loaded', target: 'office', name: 'office', profiles: 2 },
    ],
    [
      'one by hand that waits',
      withServer({ state: 'pending', plan: null }, { mode: 'manual', waiting: 2 }),
      { kind: 'synced', profiles: 5 },
    ],
    [
      'one that is about to be written, though nobody planned it yet',
      withServer({ state: 'pending', plan: null }, { waiting: 2 }),
      { kind: 'syncing', by: 'auto', profiles: 2 },
    ],
    ['one that is not asked yet', withServer({ state: 'starting' }), { kind: 'synced', profiles: 5 }],
    [
      'one in line beside a local file that is not managed',
      local({ state: 'released' }, withServer({})),
      { kind: 'synced', profiles: 1 },
    ],
    ['all released', local({ state: 'released' }, withServer({ state: 'released' })), { kind: 'released' }],
    [
      'a local file that is not managed beside a server that is paused',
      local({ state: 'released' }, withServer({}, { paused: true })),
      { kind: 'released' },
    ],
    ['no profile anywhere', local({ state: 'empty' }, withServer({ state: 'empty' })), { kind: 'empty' }],
  ])('with %s', (_what, state, glance) => {
    expect(glanceOf(state)).toMatchObject(glance);
  });

  it('counts what waits on every server while auto-sync is off', () => {
    const { autoSync } = GLANCE_STATES['auto-sync-off'];
    const state = withServer({ state: 'pending', plan: null }, { waiting: 2 });
    expect(glanceOf({ ...state, autoSync })).toEqual({ kind: 'auto-sync-off', pending: 2 });
  });
});
