import type { AppError } from '../errors.ts';
import { assertNever } from '../result.ts';
import type { ProxyObservation } from '../schema/observation.ts';
import type { OperationView } from '../schema/plan.ts';
import type { RemoteFault } from '../schema/remote.ts';
import type { AppState, ProfileStanding, TargetState } from '../schema/state.ts';
import type { ProfileStatus } from '../schema/status.ts';

/**
 * The one thing that holds now, first by the order of the tray's table: what tray, tooltip and the window's headline
 * say in the same words (`words/describe-glance.ts`).
 */
export type Glance =
  | { readonly kind: 'starting' }
  | { readonly kind: 'syncing'; readonly by: 'user' | 'auto'; readonly profiles: number }
  /** `target` null: the watcher is dead. */
  | { readonly kind: 'error'; readonly target: string | null; readonly error: AppError | null }
  | {
      readonly kind: 'auth-failed';
      readonly target: string;
      readonly name: string;
      readonly fault: RemoteFault | null;
    }
  /** `changes`: those that a person must agree to, the fought ones included. */
  | { readonly kind: 'review'; readonly target: string; readonly changes: number; readonly fights: number }
  | {
      readonly kind: 'offline';
      readonly target: string;
      readonly name: string;
      readonly changes: number;
      readonly fault: RemoteFault | null;
    }
  /** `name` null: the local proxy. `profiles` 0: only names of removed profiles are still served. */
  | {
      readonly kind: 'not-loaded';
      readonly target: string;
      readonly name: string | null;
      readonly profiles: number;
    }
  | { readonly kind: 'paused'; readonly untilMs: number }
  | { readonly kind: 'auto-sync-off'; readonly pending: number }
  /** Every target was released: we manage nothing. */
  | { readonly kind: 'released' }
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'synced';
      readonly profiles: number;
      readonly held: number;
      readonly proxy: ProxyObservation | null;
    };

export type GlanceKind = Glance['kind'];

/** Whether it asks something of a person: such a row shows at once. */
export function isProblem({ kind }: Glance): boolean {
  return PROBLEM_KINDS.includes(kind);
}

/** The worst first. */
const PROBLEM_KINDS: readonly GlanceKind[] = ['error', 'auth-failed', 'review', 'offline', 'not-loaded'];

/** The first row of the tray's table that holds, the worst of all targets (experience, "Tray"). */
export function glanceOf(state: AppState): Glance {
  const { activity } = state;
  if (isStarting(state)) return { kind: 'starting' };
  if (activity.kind === 'syncing' && activity.by === 'user') return syncing('user', activity.profiles);
  const settled = settledGlanceOf(state);
  if (isProblem(settled) || RESTING.has(settled.kind)) return settled;
  if (activity.kind === 'syncing') return syncing('auto', activity.profiles);
  // What waits while auto-sync is on is about to be written: to a person that is one thing with the writing.
  const coming = activeTargets(state).filter(isAboutToBeWritten);
  return coming.length > 0 ? syncing('auto', waitingProfiles(coming)) : settled;
}

/** The same as if nothing were under way: what stays on show where a sync is too short to be told. */
export function settledGlanceOf(state: AppState): Glance {
  const { autoSync } = state;
  const targets = activeTargets(state);
  if (isStarting(state)) return { kind: 'starting' };
  const problem = problemOf(state);
  if (problem !== null) return problem;
  if (targets.length > 0 && targets.every((target) => target.state === 'released'))
    return { kind: 'released' };
  // A pause that ends while auto-sync is off would promise a sync that does not come.
  if (!autoSync.enabled) return { kind: 'auto-sync-off', pending: pendingChanges(targets) };
  if (autoSync.pausedUntilMs !== null) return { kind: 'paused', untilMs: autoSync.pausedUntilMs };
  if (targets.every((target) => target.state === 'empty' || target.state === 'released'))
    return { kind: 'empty' };
  return {
    kind: 'synced',
    profiles: countOf(targets, state, 'synced'),
    held: countOf(targets, state, 'held'),
    proxy: proxyOf(targets),
  };
}

/**
 * Those that ask anything of anybody: a server that is paused was left alone on purpose, and who syncs servers only
 * misses no file here.
 */
export function activeTargets({ targets }: Pick<AppState, 'targets'>): readonly TargetState[] {
  const active = targets.filter(({ remote }) => remote?.paused !== true);
  return active.filter((target) => !isUnused(target, active));
}

/**
 * Whether a target is no concern of anybody: the local configuration is missing, we never wrote one, and servers are
 * synced. Its card tells it.
 */
function isUnused(target: TargetState, targets: readonly TargetState[]): boolean {
  const { remote, error, lastRecord } = target;
  const isMissing = target.state === 'error' && error?.error.code === 'target-missing';
  return remote === null && isMissing && lastRecord === null && targets.some((one) => one.remote !== null);
}

/** How many changes of a target wait for a sync; of a server that was not asked, as far as we remember it. */
export function waitingChanges(target: TargetState): number {
  return target.plan === null ? (target.remote?.waiting ?? 0) : changesOf(target).length;
}

/** The changes of a plan that a sync would make, in whatever number of profiles. */
export function changesOf({ plan }: Pick<TargetState, 'plan'>): readonly OperationView[] {
  return (plan?.operations ?? []).filter(({ op }) => op !== 'leave');
}

/**
 * How many profiles the running proxy lacks. One that is deaf lacks an unknown part of them, and the names of an
 * observation are only the first: then it is all that are written.
 */
export function profilesNotLoaded(
  profiles: readonly ProfileStatus[],
  proxy: Extract<ProxyObservation, { state: 'not-loaded' }>,
): number {
  if (proxy.why === 'ghosts') return 0;
  const written = profiles.filter(({ state }) => state === 'synced');
  const isComplete = proxy.missing.length === proxy.missingCount;
  if (proxy.why === 'deaf' || !isComplete) return written.length;
  const prefixes = new Set(proxy.missing.map((name) => name.slice(0, name.indexOf('/'))));
  const lacking = written.filter(({ entry }) => entry !== null && prefixes.has(entry.prefix)).length;
  return lacking === 0 && proxy.ghostCount === 0 ? written.length : lacking;
}

/** Rows that stand above an automatic sync. */
const RESTING: ReadonlySet<GlanceKind> = new Set(['starting', 'released', 'paused', 'auto-sync-off']);

function isStarting({ activity, targets }: AppState): boolean {
  const isUnread = targets.length > 0 && targets.every((target) => target.state === 'starting');
  return activity.kind === 'starting' || (isUnread && activity.kind === 'idle');
}

function syncing(by: 'user' | 'auto', profiles: number): Glance {
  return { kind: 'syncing', by, profiles };
}

/** What of a target asks something of a person; null where nothing does. */
export function problemOfTarget(target: TargetState, profiles: readonly ProfileStatus[]): Glance | null {
  const { id, name, remote } = target;
  if (remote?.paused === true) return null;
  switch (target.state) {
    case 'error':
      return { kind: 'error', target: id, error: target.error?.error ?? null };
    case 'auth-failed':
      return { kind: 'auth-failed', target: id, name, fault: faultOf(target) };
    case 'review':
      return reviewOf(target);
    case 'offline':
      return { kind: 'offline', target: id, name, changes: waitingChanges(target), fault: faultOf(target) };
    case 'not-loaded': {
      const { proxy } = target;
      if (remote !== null) {
        // A server that is deaf to its own file was not written; another one lacks what it was given.
        const lacking = proxy?.state === 'not-loaded' ? proxy.missingCount : 0;
        const count = target.error === null ? lacking : remote.waiting;
        return { kind: 'not-loaded', target: id, name, profiles: count };
      }
      const written = profiles.filter(({ state }) => state === 'synced').length;
      const count = proxy?.state === 'not-loaded' ? profilesNotLoaded(profiles, proxy) : written;
      return { kind: 'not-loaded', target: id, name: null, profiles: count };
    }
    case 'starting':
    case 'pending':
    case 'released':
    case 'in-sync':
    case 'empty':
      return null;
    default:
      return assertNever(target.state);
  }
}

/** The worst of all; of equal ones the first. */
function problemOf(state: AppState): Glance | null {
  const { watcher, profiles } = state;
  const found = activeTargets(state).flatMap((target) => problemOfTarget(target, profiles) ?? []);
  const dead: readonly Glance[] =
    watcher.state === 'stopped' ? [{ kind: 'error', target: null, error: null }] : [];
  const all = [...found, ...dead];
  const kind = PROBLEM_KINDS.find((one) => all.some((problem) => problem.kind === one));
  return all.find((problem) => problem.kind === kind) ?? null;
}

function reviewOf(target: TargetState): Glance {
  const fought = new Set(target.fights.map(({ profile }) => profile));
  const isConsent = (target.plan?.consent.length ?? 0) > 0;
  const asked = changesOf(target).filter(
    ({ op, profile }) => isConsent || op === 'review' || fought.has(profile),
  );
  const changes = Math.max(asked.length, target.fights.length);
  return { kind: 'review', target: target.id, changes, fights: target.fights.length };
}

function faultOf({ error }: TargetState): RemoteFault | null {
  return error?.error.code === 'remote-fault' ? error.error.fault : null;
}

function pendingChanges(targets: readonly TargetState[]): number {
  return targets.reduce((sum, target) => sum + (target.state === 'pending' ? waitingChanges(target) : 0), 0);
}

/** What goes by hand stays where it is. */
function isAboutToBeWritten({ state, remote }: TargetState): boolean {
  return state === 'pending' && remote?.mode !== 'manual';
}

function waitingProfiles(targets: readonly TargetState[]): number {
  const names = targets.flatMap((target) => changesOf(target).map(({ profile }) => profile));
  const unplanned = targets.filter(({ plan }) => plan === null).map(waitingChanges);
  return Math.max(new Set(names).size, ...unplanned);
}

/** Counted where the profiles are managed: by the local file, or else by the first server. */
function countOf(
  targets: readonly TargetState[],
  { profiles }: AppState,
  which: ProfileStatus['state'],
): number {
  const managed = targets.find((target) => target.state !== 'released' && target.state !== 'empty');
  const standings: readonly Pick<ProfileStanding, 'state'>[] = managed?.remote?.profiles ?? profiles;
  return standings.filter(({ state }) => state === which).length;
}

/** What was seen of the first proxy that is not known to have everything. */
function proxyOf(targets: readonly TargetState[]): ProxyObservation | null {
  const seen = targets.flatMap(({ proxy }) => (proxy === null ? [] : [proxy]));
  return seen.find(({ state }) => state !== 'loaded') ?? seen[0] ?? null;
}
