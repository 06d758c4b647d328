import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../shared/errors.ts';
import type { OperationView, PlanView } from '../../../shared/schema/plan.ts';
import type { RemoteFault, RemoteTarget } from '../../../shared/schema/remote.ts';
import { AppState, type TargetState } from '../../../shared/schema/state.ts';
import type { StatusReport } from '../../../shared/schema/status.ts';
import { sampleState } from '../../testing/sample-state.ts';
import type { StateEvent } from './events.ts';
import { reduce } from './reduce.ts';

const OFFICE: RemoteTarget = {
  id: 'office',
  name: 'office',
  url: 'https://office.test:8317',
  profiles: null,
  mode: 'auto',
  paused: false,
  certificate: null,
  plainHttp: false,
  keySource: 'file',
};
const PLAN: PlanView = { operations: [], skipped: [], held: [], warnings: [], consent: [] };
const GLM = {
  name: 'glm',
  path: '/glm',
  registered: true,
  state: 'synced',
  reason: null,
  entry: null,
  risks: [],
} as const;
const SEEN = {
  state: 'loaded',
  by: 'management-api',
  version: '7.2.99',
  management: 'answered',
  watching: null,
  pid: null,
} as const;
const STANDINGS = { waiting: 2, profiles: [{ name: 'glm', state: 'pending', reason: null }] } as const;

function remotes(...all: readonly Partial<RemoteTarget>[]): StateEvent {
  return { kind: 'remotes', remotes: all.map((over) => ({ ...OFFICE, ...over })) };
}

function operation(over: Partial<OperationView> = {}): OperationView {
  return { op: 'add', profile: 'glm', prefix: 'glm-', line: null, why: 'profile', diff: [], ...over };
}

function surveyed(over: Partial<StatusReport> = {}): StateEvent {
  const target = { id: 'office', path: OFFICE.url };
  const rest = { ccsDirectory: '/c', autoSync: 'on', state: 'in-sync', lastChange: null } as const;
  const report = { ...rest, target, profiles: [GLM], plan: PLAN, proxy: SEEN, ...over };
  return { kind: 'surveyed', report, fights: [], error: null };
}

function pending(...operations: readonly OperationView[]): StateEvent {
  return surveyed({ state: 'pending', plan: { ...PLAN, operations } });
}

function failed(error: AppError, standings: typeof STANDINGS | null = STANDINGS): StateEvent {
  return { kind: 'remote-failed', target: 'office', error: { error, retryAtMs: 5000 }, standings };
}

function faulty(fault: RemoteFault): StateEvent {
  return failed({ code: 'remote-fault', target: 'office', fault });
}

const waiting = (count: number): StateEvent => {
  return { kind: 'remote-waiting', target: 'office', standings: { ...STANDINGS, waiting: count } };
};

function after(...events: readonly StateEvent[]): AppState {
  return [remotes({}), ...events].reduce(reduce, sampleState());
}

function office(state: AppState): TargetState {
  const target = state.targets.find(({ id }) => id === 'office');
  if (target === undefined) throw new Error('no office');
  return target;
}

const faults: readonly (readonly [RemoteFault, TargetState['state']])[] = [
  [{ code: 'unreachable', reason: 'ECONNREFUSED' }, 'offline'],
  [{ code: 'timeout' }, 'offline'],
  [{ code: 'server-error', status: 500 }, 'offline'],
  [{ code: 'bad-answer', reason: 'cut' }, 'offline'],
  [{ code: 'wrong-key' }, 'auth-failed'],
  [{ code: 'no-key', source: 'keyring' }, 'auth-failed'],
  [{ code: 'forbidden' }, 'auth-failed'],
  [{ code: 'banned', untilMs: null }, 'auth-failed'],
  [{ code: 'deaf' }, 'not-loaded'],
  [
    { code: 'tls-untrusted', reason: 'SELF_SIGNED', fingerprint: 'ab', subject: null, validToMs: null },
    'error',
  ],
  [{ code: 'tls-changed', fingerprint: 'ab', subject: null }, 'error'],
  [{ code: 'plain-http' }, 'error'],
  [{ code: 'api-off' }, 'error'],
  [{ code: 'rejected', status: 422 }, 'error'],
  [{ code: 'redirect', status: 302, to: null }, 'error'],
  [{ code: 'drops-fields', fields: ['prefix'] }, 'error'],
  [{ code: 'keeps-changing' }, 'error'],
];

describe('the state of a server', () => {
  it.each(faults)('after the fault %j is %s, with what waits', (fault, state) => {
    const reached = after(surveyed(), faulty(fault));
    expect(office(reached)).toMatchObject({ state, plan: null, remote: { waiting: 2, version: '7.2.99' } });
    expect(AppState.safeParse(reached).error).toBeUndefined();
    expect(office(reduce(reached, surveyed()))).toMatchObject({ state: 'in-sync', error: null });
  });

  it.each<[string, readonly StateEvent[], TargetState['state']]>([
    ['it was not asked yet', [], 'starting'],
    ['all is in line', [surveyed()], 'in-sync'],
    ['something is to be written', [pending(operation())], 'pending'],
    [
      'others have entries there',
      [
        surveyed({
          plan: { ...PLAN, operations: [operation()], consent: [{ code: 'first-sync', entries: 2 }] },
        }),
      ],
      'review',
    ],
    ['it is not managed', [surveyed({ state: 'released' })], 'released'],
    ['no profile is for it', [surveyed({ profiles: [] })], 'empty'],
    [
      'none was chosen for it',
      [surveyed({ profiles: [{ ...GLM, state: 'skipped', reason: { code: 'not-chosen' } }] })],
      'in-sync',
    ],
    ['a lock of ours is held', [failed({ code: 'locked', path: '/l', pid: 1, host: '' })], 'error'],
    ['the profiles ask for more than it has', [surveyed(), waiting(1)], 'pending'],
    ['they ask for nothing more again', [surveyed(), waiting(1), waiting(0)], 'in-sync'],
    ['what was planned is not wanted any more', [pending(operation()), waiting(0)], 'in-sync'],
    ['others changed it, too', [pending(operation({ op: 'update', why: 'drift' })), waiting(0)], 'pending'],
    ['it is away, whatever waits', [faulty({ code: 'timeout' }), waiting(0)], 'offline'],
  ])('where %s', (_what, events, state) => {
    const reached = after(...events);
    expect(office(reached).state).toBe(state);
    expect(AppState.safeParse(reached).error).toBeUndefined();
  });

  it('leaves the local file, its profiles and the start alone', () => {
    const before = { ...sampleState(), activity: { kind: 'starting' } } as const;
    const reached = [remotes({}), pending(operation())].reduce(reduce, before);
    expect(reached.activity.kind).toBe('starting');
    expect(reached.profiles).toEqual(before.profiles);
    expect(reached.targets[0]).toBe(before.targets[0]);
  });

  it('is nothing new where there is no CCS directory and never was', () => {
    const missing = failed({ code: 'ccs-directory-missing', path: '/c' }, null);
    expect(office(after({ kind: 'never-seen' }, missing))).toMatchObject({ state: 'empty', error: null });
    expect(office(after(missing)).state).toBe('error');
  });

  it('keeps when it was last synced while it is away', () => {
    const synced: StateEvent = { kind: 'synced', target: 'office', atMs: 1000 };
    const away = after(surveyed(), synced, faulty({ code: 'timeout' }));
    expect(office(away)).toMatchObject({ lastSyncMs: 1000, remote: { version: '7.2.99' } });
  });
});

describe('the servers that are set up', () => {
  it('stand after the local file in their own order, and those that go are gone', () => {
    const state = after(surveyed(), remotes({ id: 'lab', url: 'https://lab.test' }, {}));
    expect(state.targets.map(({ id }) => id)).toEqual(['local', 'lab', 'office']);
    expect(office(state).state).toBe('in-sync');
    const none = reduce(state, remotes());
    expect(none.targets.map(({ id }) => id)).toEqual(['local']);
    expect(reduce(none, surveyed())).toBe(none);
  });

  it('keep what is known under another name, by hand and paused, and are unknown at another address', () => {
    const changed = remotes({ name: 'Büro', mode: 'manual', paused: true });
    expect(office(after(surveyed(), changed))).toMatchObject({
      name: 'Büro',
      state: 'in-sync',
      remote: { mode: 'manual', paused: true, version: '7.2.99' },
    });
    const moved = after(surveyed(), remotes({ url: 'https://other.test' }));
    expect(office(moved)).toMatchObject({ state: 'starting', path: 'https://other.test', lastSyncMs: null });
  });

  it('promise no other try while they are paused', () => {
    const away = after(faulty({ code: 'timeout' }));
    expect(office(away).error?.retryAtMs).toBe(5000);
    expect(office(reduce(away, remotes({ paused: true }))).error).toMatchObject({ retryAtMs: null });
  });
});
