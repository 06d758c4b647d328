import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RemoteTarget } from '../../../shared/schema/remote.ts';
import type { SyncReport } from '../../../shared/schema/sync.ts';
import type { Activities, SyncActivity } from '../state/activities.ts';
import {
  type DriftJudgement,
  type DriftMemory,
  judgeDrift,
  NO_DRIFT,
  settledByPerson,
} from '../state/fights.ts';
import type { StateStore } from '../state/store.ts';
import { type Survey, surveyTarget } from '../sync/status.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import type { SyncRequest } from '../sync/sync-request.ts';
import { carryOut, syncTarget } from '../sync/sync-target.ts';
import { createTurns } from '../support/turns.ts';
import { changingProfiles, decideStep } from './decide-step.ts';
import { type Cause, mayLook } from './remote-policy.ts';
import { createRemoteRest } from './remote-rest.ts';
import { createRemoteTelling, UNDONE_BY } from './remote-telling.ts';
import { saveMark } from './save-mark.ts';

type Answer<T> = Promise<Result<T, AppError>>;

export interface RemoteEngineDeps {
  readonly context: SyncContext;
  readonly store: StateStore;
  readonly activities: Activities;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Told each time it waits for its server, or no longer does. */
  readonly onRest: () => void;
}

/** Looks at one remote server, decides and writes, one thing at a time. It knows nothing of watchers. */
export interface RemoteEngine {
  /** Something may have changed: looks where that makes sense, and counts what waits where it does not. */
  hint(cause: Cause): void;
  /** Another server, key or choice of profiles is set up: what was found before counts no more. */
  configure(target: RemoteTarget): void;
  /** Name, mode or pause changed. */
  rename(target: RemoteTarget): void;
  /** A sync that a person asked for. */
  sync(request: SyncRequest): Answer<SyncReport>;
  /** Any other change that a person asked for; the state tells of it when this resolves. */
  change<T>(work: () => Answer<T>): Answer<T>;
  /** Whether it waits for a server that may come back at any moment. */
  waits(): boolean;
  /** Resolves when nothing is written any more; a look at a server that does not answer may still go on. */
  settled(): Promise<void>;
  /** Begins nothing any more, and tells nothing. */
  dispose(): void;
}

interface Look {
  readonly survey: Survey;
  readonly judgement: DriftJudgement;
}

const PLAIN = {
  only: null,
  accepted: false,
  dryRun: false,
  create: false,
  targetNamed: false,
  verify: true,
} as const;

export function createRemoteEngine(first: RemoteTarget, deps: RemoteEngineDeps): RemoteEngine {
  const { context, store, activities } = deps;
  const { clock } = context;
  const { id } = first;
  const retry = (): void => hint('retry');
  const rest = createRemoteRest({ clock, random: deps.random, retry, onChange: deps.onRest });
  const tell = createRemoteTelling({ id, context, store });
  const writes = new Set<Promise<unknown>>();
  let turns = createTurns();
  let target = first;
  let drift: DriftMemory = NO_DRIFT;
  let isClosed = false;
  /** A look that has not begun yet: however many changes there are, only the newest wish counts. */
  let queued: Cause | null = null;
  /** Counts what is set up: what is found by an older set-up is told to nobody. */
  let setup = 0;

  function hint(cause: Cause): void {
    if (isClosed) return;
    if (!mayLook(cause, rest.state(), target)) {
      if (cause === 'profiles') void tell.waiting();
      return;
    }
    const isQueued = queued !== null;
    if (!isQueued || isPressing(cause)) queued = cause;
    const began = setup;
    if (!isQueued) void turns.take(() => takeQueued(began));
  }

  async function takeQueued(began: number): Promise<void> {
    if (began !== setup || isClosed) return;
    const cause = queued;
    queued = null;
    if (cause === null) return;
    // What failed meanwhile may forbid it.
    if (mayLook(cause, rest.state(), target)) await tell.busy(pass);
    else if (cause === 'profiles') await tell.waiting();
  }

  async function pass(): Promise<void> {
    const seen = await look();
    if (seen === null) return;
    const { survey, judgement } = seen;
    const { autoSync } = store.state();
    const step = decideStep({ report: survey.report, autoSync, fights: drift.fights });
    if (step.kind === 'nothing' || target.mode === 'manual' || target.paused) return;
    await write(
      { ...PLAIN, target: id, only: step.only },
      { by: 'auto', profiles: step.profiles },
      { survey, settled: () => judgement.afterWrite },
    );
  }

  /** Reads the server once and tells what was found; null where that failed, or was of an older set-up. */
  async function look(): Promise<Look | null> {
    const began = setup;
    const surveyed = await surveyTarget(context, { target: id, proxy: true });
    if (began !== setup || isClosed) return null;
    if (!surveyed.ok) {
      await fail(surveyed.error);
      return null;
    }
    const survey = surveyed.value;
    const { report } = survey;
    const paths = report.profiles.map(({ path }) => path);
    const { operations } = report.plan;
    const judgement = judgeDrift(drift, { operations, mark: () => saveMark(paths), by: UNDONE_BY });
    drift = judgement.now;
    rest.over();
    tell.surveyed(report, drift.fights);
    return { survey, judgement };
  }

  async function fail(error: AppError): Promise<void> {
    await tell.failed(error, rest.failed(error, { isRetried: !target.paused }));
  }

  /** Carries out a sync and tells what became of it. `settled`: what is remembered of drift once it is written. */
  async function write(
    request: SyncRequest,
    activity: SyncActivity,
    given: { readonly survey: Survey | null; readonly settled: () => DriftMemory },
  ): Answer<SyncReport> {
    const began = setup;
    activities.began(id, activity);
    try {
      const known = { ...context, lastCcsConfig: given.survey?.world.ccsConfig };
      const carried = await kept(carryOut(known, request, given.survey));
      const isCurrent = began === setup && !isClosed;
      if (!carried.ok) {
        if (isCurrent) await fail(carried.error);
        return carried;
      }
      const { report, observe } = carried.value;
      if (!isCurrent) return ok(report);
      const proxy = await observe();
      if (report.outcome !== 'needs-consent') drift = given.settled();
      tell.written(report);
      // The look tells what was read after the write; only what was observed says whether requests are routed.
      if ((await look()) !== null && proxy !== null) tell.observed(proxy);
      return ok({ ...report, proxy });
    } finally {
      activities.ended(id);
    }
  }

  /** What must be over before we let go: a look may be left to its end, a write may not. */
  function kept<T>(written: Promise<T>): Promise<T> {
    const settled = written.then(
      () => undefined,
      () => undefined,
    );
    writes.add(settled);
    void settled.then(() => writes.delete(settled));
    return written;
  }

  /** How many profiles a sync of all will change, as far as is known. */
  function pending(): number {
    const known = store.state().targets.find((one) => one.id === id);
    return changingProfiles(known?.plan?.operations ?? []).length;
  }

  return {
    hint,
    configure: (next) => {
      target = next;
      setup += 1;
      tell.forget();
      queued = null;
      drift = NO_DRIFT;
      // What goes on with the old set-up may last as long as a server that does not answer.
      turns = createTurns();
      rest.over();
    },
    rename: (next) => {
      target = next;
      if (next.paused) rest.hold();
    },
    sync: async (request) => {
      if (request.dryRun) {
        const planned = await syncTarget(context, request);
        // What was in the way is not any more.
        if (planned.ok && rest.state().kind !== 'none') hint('person');
        return planned;
      }
      const activity = { by: 'user', profiles: request.only?.length ?? pending() } as const;
      const settled = (): DriftMemory => settledByPerson(drift, request.only);
      return turns.take(() => {
        if (isClosed) return Promise.resolve(err({ code: 'service-gone' }));
        return tell.busy(() => write(request, activity, { survey: null, settled }));
      });
    },
    change: (work) =>
      turns.take(() =>
        tell.busy(async () => {
          const done = await kept(work());
          // A change that failed where the server refuses us must not ask it again.
          const seen = done.ok || rest.state().kind === 'none' ? await look() : null;
          if (seen?.survey.report.state === 'pending') hint('profiles');
          return done;
        }),
      ),
    waits: () => !target.paused && rest.state().kind === 'back-off',
    settled: async () => {
      await Promise.all(writes);
    },
    dispose: () => {
      isClosed = true;
      tell.close();
      rest.dispose();
    },
  };
}

/** Such a look comes whatever is in the way, and must not lose to one that is forbidden by then. */
function isPressing(cause: Cause): boolean {
  return mayLook(cause, { kind: 'connection' }, { mode: 'manual', paused: true });
}
