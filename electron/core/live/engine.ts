import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import type { Fight, TargetState } from '../../../shared/schema/state.ts';
import { LOCAL_TARGET } from '../../../shared/schema/remote.ts';
import type { SyncReport } from '../../../shared/schema/sync.ts';
import { openTarget } from '../files/open-target.ts';
import { type DriftMemory, driftedFields, NO_DRIFT, settledByPerson } from '../state/fights.ts';
import type { Activities } from '../state/activities.ts';
import { handOf, undoneBy } from '../state/undone-by.ts';
import type { ProfileReadings } from '../profiles/profile-readings.ts';
import type { StateStore } from '../state/store.ts';
import type { Survey } from '../sync/status.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { type CarriedOut, carryOut, syncTarget } from '../sync/sync-target.ts';
import type { SyncRequest } from '../sync/sync-request.ts';
import type { BackOff } from '../watch/back-off.ts';
import { changingProfiles, decideStep, type Step } from './decide-step.ts';
import { endedWell } from './ended-well.ts';
import type { SettingsStore } from './settings-store.ts';
import { createTurns } from '../support/turns.ts';
import { createWorldLooker, type WorldLook } from './world-look.ts';

type Answer<T> = Promise<Result<T, AppError>>;

export interface EngineDeps {
  readonly context: SyncContext;
  readonly settings: SettingsStore;
  readonly store: StateStore;
  readonly activities: Activities;
  readonly backOff: BackOff;
  readonly readings: ProfileReadings;
  /** Told after each look what it found. */
  readonly onLook: (found: WorldLook) => void;
}

/** Looks, decides and writes, one thing at a time. It knows nothing of watchers and timers. */
export interface Engine {
  /** One look at everything, and what follows from it. `hinted`: where something may have changed; null: anywhere. */
  pass(hinted: ReadonlySet<string | null>): Promise<void>;
  /** A sync that a person asked for. */
  sync(request: SyncRequest): Answer<SyncReport>;
  /** Any other change that a person asked for; the state tells of it when this resolves. */
  change<T>(work: () => Answer<T>): Answer<T>;
  /** Resolves when nothing is written or looked at any more. */
  idle(): Promise<void>;
}

const ANYWHERE: ReadonlySet<string | null> = new Set([null]);
const NOWHERE: ReadonlySet<string | null> = new Set();

type ReadLook = WorldLook & { readonly state: 'read' };

export function createEngine(deps: EngineDeps): Engine {
  const { context, settings, store, activities, backOff, readings, onLook } = deps;
  const { clock } = context;
  const turns = createTurns();
  const looker = createWorldLooker(context, settings, readings);
  const observations = new Set<Promise<unknown>>();
  let drift: DriftMemory = NO_DRIFT;
  /** What kept the target from being written the last time. */
  let failure: TargetState['error'] = null;
  /** The target's hash as of the last look: what our own write left is no news. */
  let seenHash: string | null = null;
  /** Counts syncs, so that what is seen of the proxy after an older one changes nothing. */
  let latest = 0;

  async function look(ask: {
    readonly proxy: boolean;
    readonly changed: ReadonlySet<string | null>;
  }): Promise<{ readonly found: ReadLook; readonly step: Step } | null> {
    const found = await looker.look({ ...ask, drift });
    store.dispatch({ kind: 'auto-sync', autoSync: found.autoSync });
    onLook(found);
    if (found.state !== 'read') {
      seenHash = null;
      tellUnread(found);
      return null;
    }
    const { survey, autoSync } = found;
    drift = found.judgement.now;
    seenHash = survey.state.hash;
    const step = decideStep({ report: survey.report, autoSync, fights: drift.fights });
    const isInLine = survey.report.state === 'in-sync' || survey.report.state === 'released';
    if (isInLine) failure = null;
    if (failure === null) backOff.succeeded();
    tell(found);
    return { found, step };
  }

  function tell({ survey }: ReadLook): void {
    const { fights } = drift;
    store.dispatch({ kind: 'surveyed', report: survey.report, fights, error: failure });
  }

  function tellUnread(found: Exclude<WorldLook, ReadLook>): void {
    if (found.state === 'never-seen') {
      backOff.succeeded();
      store.dispatch({ kind: 'never-seen' });
      return;
    }
    const { error } = found;
    const { path } = found.watched.target;
    store.dispatch({ kind: 'failed', error: { error, retryAtMs: backOff.failed(error.code) }, path });
  }

  /** Only the target was hinted at, and it is as we know it: the echo of our own write. */
  async function isEcho(hinted: ReadonlySet<string | null>): Promise<boolean> {
    const path = store.state().targets[0]?.path ?? '';
    if (seenHash === null || failure !== null || hinted.size !== 1 || !hinted.has(path)) return false;
    const opened = await openTarget(path, 'read');
    if (!opened.ok) return false;
    await opened.value.close();
    return opened.value.hash === seenHash;
  }

  /** What a sync of all profiles will change, as far as is known. */
  function pending(): readonly string[] {
    return changingProfiles(store.state().targets[0]?.plan?.operations ?? []);
  }

  /** Carries out a sync and tells what became of it; the look at the proxy is still to come. */
  async function write(
    request: SyncRequest,
    told: { readonly by: 'user' | 'auto'; readonly profiles: number },
    survey: Survey | null = null,
  ): Promise<{ readonly carried: Result<CarriedOut, AppError>; readonly number: number }> {
    latest += 1;
    const number = latest;
    activities.began(LOCAL_TARGET, told);
    const carried = await carryOut({ ...context, lastCcsConfig: survey?.world.ccsConfig }, request, survey);
    if (carried.ok) {
      failure = null;
      tellSynced(carried.value.report);
    }
    return { carried, number };
  }

  async function afterFailure(error: AppError): Promise<void> {
    const seen = await look({ proxy: false, changed: ANYWHERE });
    if (seen !== null && seen.step.kind === 'sync') {
      failure = { error, retryAtMs: backOff.failed(error.code) };
      tell(seen.found);
    } else if (seen !== null && seen.found.survey.report.state !== 'in-sync') {
      failure = { error, retryAtMs: null };
      tell(seen.found);
    }
    activities.ended(LOCAL_TARGET);
  }

  function tellSynced({ outcome }: SyncReport): void {
    if (endedWell(outcome)) store.dispatch({ kind: 'synced', target: LOCAL_TARGET, atMs: clock.now() });
  }

  function tellRepair({ report }: CarriedOut, by: Fight['by']): void {
    const drifted = driftedFields(report.plan.operations);
    if (drifted.length === 0 || report.outcome !== 'written') return;
    const profiles = [...new Set(drifted.map(({ profile }) => profile))];
    const repair = { atMs: clock.now(), profiles, by, record: report.record };
    store.dispatch({ kind: 'repaired', target: LOCAL_TARGET, drift: repair });
  }

  /** Looks at the proxy while others already have their turn. */
  function observe({ observe: seeProxy }: CarriedOut, number: number): Promise<ProxyObservation | null> {
    const observation = seeProxy().then((proxy) => {
      if (number === latest) {
        if (proxy !== null) store.dispatch({ kind: 'observed', target: LOCAL_TARGET, proxy });
        activities.ended(LOCAL_TARGET);
      }
      return proxy;
    });
    const kept = observation.finally(() => observations.delete(kept));
    observations.add(kept);
    return kept;
  }

  async function followUp(hinted: ReadonlySet<string | null>): Promise<void> {
    if (await isEcho(hinted)) return;
    // What was seen of the proxy counts no more once the file could not be read.
    const isUnseen = seenHash === null;
    const seen = await look({ proxy: hinted.has(null) || isUnseen, changed: hinted });
    if (seen === null || seen.step.kind === 'nothing') return;
    const { found, step } = seen;
    const request = {
      only: step.only,
      accepted: false,
      dryRun: false,
      create: false,
      targetNamed: false,
      verify: true,
    };
    const told = { by: 'auto', profiles: step.profiles } as const;
    const { carried, number } = await write(request, told, found.survey);
    if (!carried.ok) return afterFailure(carried.error);
    drift = found.judgement.afterWrite;
    tellRepair(carried.value, found.by);
    await look({ proxy: false, changed: NOWHERE });
    void observe(carried.value, number);
  }

  return {
    pass: (hinted) => turns.take(() => followUp(hinted)),
    sync: async (request) => {
      if (request.dryRun) return turns.take(() => syncTarget(context, request));
      const { carried, number } = await turns.take(async () => {
        const written = await write(request, { by: 'user', profiles: (request.only ?? pending()).length });
        if (!written.carried.ok) {
          await afterFailure(written.carried.error);
          return written;
        }
        const { report } = written.carried.value;
        if (report.outcome !== 'needs-consent') drift = settledByPerson(drift, request.only);
        tellRepair(
          written.carried.value,
          undoneBy(report.plan.operations, { now: () => handOf(''), left: null }),
        );
        await look({ proxy: false, changed: ANYWHERE });
        return written;
      });
      if (!carried.ok) return carried;
      return ok({ ...carried.value.report, proxy: await observe(carried.value, number) });
    },
    change: (work) =>
      turns.take(async () => {
        const done = await work();
        await look({ proxy: false, changed: ANYWHERE });
        return done;
      }),
    idle: async () => {
      await turns.idle();
      await Promise.allSettled(observations);
    },
  };
}
