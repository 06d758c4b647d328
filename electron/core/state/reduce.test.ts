import { describe, expect, it } from 'vitest';
import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import type { OperationView, PlanView } from '../../../shared/schema/plan.ts';
import { AppState, type TargetState } from '../../../shared/schema/state.ts';
import type { ProfileStatus, StatusReport } from '../../../shared/schema/status.ts';
import type { StateEvent } from './events.ts';
import { reduce, startingState } from './reduce.ts';

const AUTO_SYNC = { mode: 'follow-ccs', enabled: true, source: 'ccs', pausedUntilMs: null } as const;
const PLAN: PlanView = { operations: [], skipped: [], held: [], warnings: [], consent: [] };
const WITNESSES = { version: null, management: 'not-asked', watching: null, pid: null } as const;
const LOADED: ProxyObservation = { state: 'loaded', by: 'model-list', ...WITNESSES };
const DEAF: ProxyObservation = {
  state: 'not-loaded',
  why: 'deaf',
  missing: [],
  missingCount: 0,
  ghosts: [],
  ghostCount: 0,
  ...WITNESSES,
};
const NO_DISK = { error: { code: 'disk-full', path: '/c' }, retryAtMs: 5000 } as const;
const FIGHT = { profile: 'glm', field: 'prefix', times: 3, by: 'ccs' } as const;

function start(): AppState {
  return startingState(
    {
      ccsDirectory: '/home/.ccs',
      capabilities: {
        tray: false,
        autostart: false,
        notifications: false,
        openFile: false,
        clipboard: false,
      },
      service: { pid: 1, host: 'watch', version: '1.0.0' },
    },
    { path: '/home/.ccs/cliproxy/config.yaml', autoSync: AUTO_SYNC },
  );
}

function profile(over: Partial<ProfileStatus> = {}): ProfileStatus {
  return {
    name: 'glm',
    path: '/glm',
    registered: true,
    state: 'synced',
    reason: null,
    entry: null,
    risks: [],
    ...over,
  };
}

function operation(op: OperationView['op'], why = 'profile'): OperationView {
  return { op, profile: 'glm', prefix: 'glm-', line: null, why, diff: [] };
}

function surveyed(
  over: Partial<StatusReport> = {},
  more: Partial<StateEvent & { kind: 'surveyed' }> = {},
): StateEvent {
  const report: StatusReport = {
    ccsDirectory: '/home/.ccs',
    autoSync: 'on',
    target: { id: 'local', path: '/home/.ccs/cliproxy/config.yaml' },
    state: 'in-sync',
    lastChange: null,
    profiles: [profile()],
    plan: PLAN,
    proxy: null,
    ...over,
  };
  return { kind: 'surveyed', report, fights: [], error: null, ...more };
}

const pending = surveyed({ state: 'pending', plan: { ...PLAN, operations: [operation('add')] } });

function after(...events: readonly StateEvent[]): AppState {
  return events.reduce(reduce, start());
}

function target(state: AppState): TargetState | undefined {
  return state.targets[0];
}

describe("the target's state", () => {
  const skipped = (code: 'copy' | 'placeholder' | 'excluded'): ProfileStatus =>
    profile({ state: 'skipped', reason: code === 'copy' ? { code, of: 'km' } : { code } });
  const mass = { code: 'mass-removal', removed: 3, owned: 4 } as const;

  it.each<{ what: string; events: readonly StateEvent[]; state: TargetState['state'] }>([
    { what: 'nothing was looked at', events: [], state: 'starting' },
    { what: 'all is in line', events: [surveyed()], state: 'in-sync' },
    { what: 'there is no profile', events: [surveyed({ profiles: [] })], state: 'empty' },
    {
      what: 'there are only files of CCS itself',
      events: [surveyed({ profiles: [skipped('copy')] })],
      state: 'empty',
    },
    {
      what: 'a profile needs a hand',
      events: [surveyed({ profiles: [skipped('placeholder')] })],
      state: 'in-sync',
    },
    {
      what: 'all profiles are left out',
      events: [surveyed({ profiles: [skipped('excluded')] })],
      state: 'in-sync',
    },
    { what: 'there never was a CCS directory', events: [{ kind: 'never-seen' }], state: 'empty' },
    { what: 'something is to be done', events: [pending], state: 'pending' },
    {
      what: 'an entry goes with the last profile',
      events: [
        surveyed({ profiles: [], state: 'pending', plan: { ...PLAN, operations: [operation('remove')] } }),
      ],
      state: 'pending',
    },
    {
      what: 'something is left as it is',
      events: [surveyed({ plan: { ...PLAN, operations: [operation('leave', 'held')] } })],
      state: 'in-sync',
    },
    { what: 'the proxy has loaded it', events: [surveyed({ proxy: LOADED })], state: 'in-sync' },
    { what: 'the proxy is deaf', events: [surveyed({ proxy: DEAF })], state: 'not-loaded' },
    {
      what: 'the proxy turns out to be deaf',
      events: [surveyed(), { kind: 'observed', target: 'local', proxy: DEAF }],
      state: 'not-loaded',
    },
    {
      what: 'the deaf proxy was restarted',
      events: [surveyed({ proxy: DEAF }), { kind: 'observed', target: 'local', proxy: LOADED }],
      state: 'in-sync',
    },
    {
      what: 'the proxy is deaf and more is to be done',
      events: [pending, { kind: 'observed', target: 'local', proxy: DEAF }],
      state: 'not-loaded',
    },
    {
      what: 'an entry is up for review',
      events: [surveyed({ proxy: DEAF, plan: { ...PLAN, operations: [operation('review')] } })],
      state: 'review',
    },
    {
      what: 'consent is needed',
      events: [
        surveyed({ state: 'review', plan: { ...PLAN, consent: [mass], operations: [operation('remove')] } }),
      ],
      state: 'review',
    },
    { what: 'there is a fight', events: [surveyed({}, { fights: [FIGHT] })], state: 'review' },
    { what: 'the fight is over', events: [surveyed({}, { fights: [FIGHT] }), surveyed()], state: 'in-sync' },
    { what: 'it was released', events: [surveyed({ state: 'released', proxy: DEAF })], state: 'released' },
    {
      what: 'it was released and the proxy looked at',
      events: [surveyed({ state: 'released' }), { kind: 'observed', target: 'local', proxy: DEAF }],
      state: 'released',
    },
    {
      what: 'it could not be written',
      events: [surveyed({}, { error: NO_DISK, fights: [FIGHT] })],
      state: 'error',
    },
    {
      what: 'it could not be read',
      events: [surveyed(), { kind: 'failed', error: NO_DISK, path: '/c' }],
      state: 'error',
    },
    {
      what: 'it could not be read and the proxy was looked at',
      events: [
        { kind: 'failed', error: NO_DISK, path: '/c' },
        { kind: 'observed', target: 'local', proxy: LOADED },
      ],
      state: 'error',
    },
    {
      what: 'it can be read again',
      events: [{ kind: 'failed', error: NO_DISK, path: '/c' }, surveyed()],
      state: 'in-sync',
    },
  ])('is $state where $what', ({ events, state }) => {
    const reached = after(...events);
    expect(target(reached)?.state).toBe(state);
    expect(AppState.safeParse(reached).error).toBeUndefined();
  });
});

describe('the state', () => {
  it.each<{ what: string; event: StateEvent; shows: Partial<AppState> }>([
    {
      what: 'that the watcher polls',
      event: { kind: 'watcher', watcher: { state: 'polling', why: 'ENOSPC' } },
      shows: { watcher: { state: 'polling', why: 'ENOSPC' } },
    },
    {
      what: 'a pause',
      event: { kind: 'auto-sync', autoSync: { ...AUTO_SYNC, pausedUntilMs: 9 } },
      shows: { autoSync: { ...AUTO_SYNC, pausedUntilMs: 9 } },
    },
    {
      what: 'a sync that a person started',
      event: { kind: 'began', by: 'user', atMs: 7, profiles: 2 },
      shows: { activity: { kind: 'syncing', by: 'user', sinceMs: 7, profiles: 2 } },
    },
    { what: 'rest', event: { kind: 'ended' }, shows: { activity: { kind: 'idle' } } },
    { what: 'the profiles', event: surveyed(), shows: { profiles: [profile()], activity: { kind: 'idle' } } },
  ])('shows $what', ({ event, shows }) => {
    const before = start();
    const state = reduce(before, event);
    expect(state).toMatchObject(shows);
    expect(state.revision).toBe(before.revision + 1);
  });

  it.each<StateEvent>([
    surveyed(),
    { kind: 'watcher', watcher: { state: 'running' } },
    { kind: 'ended' },
    { kind: 'failed', error: NO_DISK, path: '/c' },
    { kind: 'never-seen' },
    { kind: 'repaired', target: 'local', drift: { atMs: 1, profiles: ['glm'], by: 'ccs', record: 2 } },
  ])('stays the very same value where an event changes nothing ($kind)', (event) => {
    const once = after(event);
    expect(reduce(once, event)).toBe(once);
  });

  it('keeps a sync going while the world is looked at', () => {
    const began: StateEvent = { kind: 'began', by: 'auto', atMs: 7, profiles: 1 };
    expect(after(surveyed(), began, surveyed()).activity.kind).toBe('syncing');
    expect(after(surveyed(), began, { kind: 'ended' }).activity.kind).toBe('idle');
  });

  it('says when a sync last ended well, and takes no look for one', () => {
    const synced: StateEvent = { kind: 'synced', target: 'local', atMs: 5000 };
    expect(target(after(surveyed()))?.lastSyncMs).toBeNull();
    expect(target(after(surveyed(), synced, surveyed(), pending))?.lastSyncMs).toBe(5000);
  });

  it.each([
    {
      what: 'what the history tells, where none was made in this life',
      kind: 'undo',
      synced: null,
      is: 3000,
    },
    { what: 'a newer one of another process', kind: 'sync', synced: 2000, is: 3000 },
    { what: 'the one of this life, where a newer change was an undo', kind: 'undo', synced: 2000, is: 2000 },
    { what: 'the one of this life, where it found nothing to do', kind: 'sync', synced: 4000, is: 4000 },
  ])('says of the last sync $what', ({ kind, synced, is }) => {
    const lastChange = { record: 3, time: new Date(3000).toISOString(), kind };
    const before: readonly StateEvent[] =
      synced === null ? [] : [{ kind: 'synced', target: 'local', atMs: synced }];
    expect(target(after(...before, surveyed({ lastChange })))?.lastSyncMs).toBe(is);
  });

  it('keeps what was last seen of the proxy and of a repair when files are read', () => {
    const drift = { atMs: 1, profiles: ['glm'], by: 'ccs', record: 2 } as const;
    const state = after(
      surveyed({ proxy: LOADED }),
      { kind: 'repaired', target: 'local', drift },
      surveyed(),
    );
    expect(target(state)).toMatchObject({ proxy: LOADED, lastDrift: drift });
  });

  it('keeps the profiles that were last known while nothing can be read, and says of none that it is synced', () => {
    const skipped = profile({ name: 'km', state: 'skipped', reason: { code: 'placeholder' } });
    const seen = surveyed({ profiles: [profile(), skipped], proxy: LOADED });
    const state = after(seen, { kind: 'failed', error: NO_DISK, path: '/c' });
    expect(state.profiles.map((one) => one.state)).toEqual(['unknown', 'skipped']);
    expect(target(state)).toMatchObject({ plan: null, proxy: null, path: '/c', error: NO_DISK });
  });
});
