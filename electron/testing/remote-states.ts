import type { RemoteFault } from '../../shared/schema/remote.ts';
import type { OperationView, PlanView } from '../../shared/schema/plan.ts';
import type { AppState, RemoteState, TargetState } from '../../shared/schema/state.ts';
import { addition, KEY_CHANGE, profiles, removal } from './glance-profiles.ts';
import { GLANCE_NOW_MS, GLANCE_STATES } from './glance-states.ts';

/** Servers elsewhere in every state that they can be in: for the tests of the window, and for screenshots. */

const MINUTE_MS = 60_000;
const NO_PLAN: PlanView = { operations: [], skipped: [], held: [], warnings: [], consent: [] };
const [{ proxy: LOADED }] = GLANCE_STATES.synced.targets as readonly [TargetState];
export const FINGERPRINT = '3b7e5f0a91c2d4e8'.repeat(4);

interface RemoteOver
  extends Partial<Omit<TargetState, 'remote' | 'error'>>, Partial<Omit<RemoteState, 'busy'>> {
  readonly busy?: boolean;
  readonly fault?: RemoteFault | null;
  readonly retryAtMs?: number | null;
}

/** A server; what is not said is in sync with the profiles of `glance-profiles.ts`. */
export function remote(id: string, over: RemoteOver = {}): TargetState {
  const {
    mode,
    paused,
    version,
    busy,
    waiting,
    profiles: standings,
    fault = null,
    retryAtMs,
    ...rest
  } = over;
  return {
    id,
    name: id,
    path: `https://${id}.example.test:8317`,
    state: 'in-sync',
    plan: fault === null ? NO_PLAN : null,
    fights: [],
    lastDrift: null,
    proxy: fault === null ? LOADED : null,
    lastSyncMs: GLANCE_NOW_MS - 4 * MINUTE_MS,
    lastRecord: 3,
    ...rest,
    error:
      fault === null
        ? null
        : { error: { code: 'remote-fault', target: rest.name ?? id, fault }, retryAtMs: retryAtMs ?? null },
    remote: {
      mode: mode ?? 'auto',
      paused: paused ?? false,
      version: version === undefined ? '7.2.99' : version,
      busy: busy ?? false,
      waiting: waiting ?? 0,
      profiles: standings ?? standingsAll(),
    },
  };
}

function standingsAll(over: Readonly<Record<string, 'pending' | 'held'>> = {}): RemoteState['profiles'] {
  return profiles().map(({ name }) => ({ name, state: over[name] ?? 'synced', reason: null }));
}

const WAITS: PlanView = { ...NO_PLAN, operations: [addition('glm'), KEY_CHANGE] };
const ADOPTION: OperationView = {
  op: 'adopt',
  profile: 'glm',
  prefix: 'glm-',
  line: null,
  why: 'written-by-ccs',
  diff: [],
};
const AWAY = remote('office', {
  state: 'offline',
  fault: { code: 'unreachable', reason: 'ECONNREFUSED' },
  retryAtMs: GLANCE_NOW_MS + 3 * MINUTE_MS,
  waiting: 3,
  lastSyncMs: GLANCE_NOW_MS - 190 * MINUTE_MS,
  profiles: standingsAll({ glm: 'pending', km: 'pending', openrouter: 'pending' }),
});
const UNTRUSTED: RemoteFault = {
  code: 'tls-untrusted',
  reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  fingerprint: FINGERPRINT,
  subject: 'CN=office.example.test',
  validToMs: GLANCE_NOW_MS + 300 * 24 * 60 * MINUTE_MS,
};
const FIRST = remote('office', {
  state: 'review',
  lastSyncMs: null,
  lastRecord: null,
  waiting: 2,
  plan: {
    ...WAITS,
    operations: [addition('glm'), addition('openrouter')],
    consent: [{ code: 'first-sync', entries: 4 }],
    warnings: [{ code: 'fields-dropped', prefix: 'team-', fields: ['note', 'owner'] }],
  },
  profiles: standingsAll({ glm: 'pending', openrouter: 'pending' }),
});
const SHARED = remote('office', {
  state: 'review',
  lastSyncMs: null,
  lastRecord: null,
  waiting: 2,
  plan: {
    ...NO_PLAN,
    operations: [addition('openrouter'), ADOPTION],
    consent: [{ code: 'adoption', profiles: ['glm'] }],
  },
  profiles: standingsAll({ glm: 'pending', openrouter: 'pending' }),
});
const BY_HAND = remote('home-lab', {
  name: 'Home lab',
  state: 'pending',
  mode: 'manual',
  waiting: 2,
  plan: WAITS,
  profiles: standingsAll({ glm: 'pending', km: 'pending' }),
});
const LONG = 'Rechenzentrum Frankfurt am Main, zweiter Proxy der Forschungsgruppe';

function beside(...targets: readonly TargetState[]): AppState {
  return { ...GLANCE_STATES.synced, targets: [...GLANCE_STATES.synced.targets, ...targets] };
}

function faulty(state: TargetState['state'], fault: RemoteFault): AppState {
  return beside(remote('office', { state, fault, waiting: 1 }));
}

/** By what is the matter with the server; each is valid by the schema of AppState. */
export const REMOTE_STATES = {
  'in-sync': beside(remote('office')),
  starting: beside(
    remote('office', { state: 'starting', plan: null, version: null, lastSyncMs: null, busy: true }),
  ),
  busy: beside(remote('office', { state: 'pending', busy: true, waiting: 2, plan: WAITS })),
  'by-hand': beside(BY_HAND),
  paused: beside(remote('office', { state: 'pending', paused: true, waiting: 2, plan: WAITS })),
  offline: beside(AWAY),
  'auth-failed': faulty('auth-failed', { code: 'wrong-key' }),
  banned: faulty('auth-failed', { code: 'banned', untilMs: GLANCE_NOW_MS + 28 * MINUTE_MS }),
  'no-key': faulty('auth-failed', { code: 'no-key', source: 'environment' }),
  'tls-untrusted': faulty('error', UNTRUSTED),
  'tls-changed': faulty('error', {
    code: 'tls-changed',
    fingerprint: FINGERPRINT,
    subject: 'CN=office.example.test',
  }),
  'plain-http': faulty('error', { code: 'plain-http' }),
  deaf: faulty('not-loaded', { code: 'deaf' }),
  redirect: faulty('error', { code: 'redirect', status: 302, to: 'login.example.test' }),
  'first-sync': beside(FIRST),
  adoption: beside(SHARED),
  released: beside(remote('office', { state: 'released' })),
  held: beside(
    remote('office', { profiles: standingsAll({ km: 'held' }), plan: { ...NO_PLAN, held: ['km'] } }),
  ),
  drift: beside(
    remote('office', {
      lastDrift: { atMs: GLANCE_NOW_MS - 9 * MINUTE_MS, profiles: ['glm'], by: 'unknown', record: 3 },
      fights: [{ profile: 'km', field: 'base-url', times: 3, by: 'unknown' }],
      state: 'review',
      plan: { ...NO_PLAN, operations: [removal('hf', 71)] },
    }),
  ),
  many: beside(
    AWAY,
    BY_HAND,
    remote('paused', { name: 'Staging', paused: true }),
    remote('refused', { name: 'Team', state: 'auth-failed', fault: { code: 'wrong-key' } }),
    remote('frankfurt', {
      name: LONG,
      path: `https://${'gateway.'.repeat(8)}example.test:8317/proxies/claude`,
    }),
    remote('mirror', { name: 'Mirror', profiles: [{ name: 'glm', state: 'synced', reason: null }] }),
  ),
} as const satisfies Readonly<Record<string, AppState>>;

export type RemoteStateName = keyof typeof REMOTE_STATES;

export const REMOTE_STATE_NAMES = Object.keys(REMOTE_STATES) as readonly RemoteStateName[];
