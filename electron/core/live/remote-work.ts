import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
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
import { settleTarget } from '../sync/settle-target.ts';
import { type Survey, surveyTarget } from '../sync/status.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import type { SyncRequest } from '../sync/sync-request.ts';
import { carryOut } from '../sync/sync-target.ts';
import { decideStep } from './decide-step.ts';
import type { RemoteRest } from './remote-rest.ts';
import { type RemoteTelling, UNDONE_BY } from './remote-telling.ts';
import { saveMark } from './save-mark.ts';

type Answer<T> = Promise<Result<T, AppError>>;

export interface RemoteWorkDeps {
  readonly context: SyncContext;
  readonly store: StateStore;
  readonly activities: Activities;
  readonly rest: RemoteRest;
  readonly tell: RemoteTelling;
  /** As it is set up now. */
  readonly target: () => RemoteTarget;
}

/** What is done with one remote server when its turn has come, and what is remembered from one time to the next. */
export interface RemoteWork {
  /** Looks, and writes what is to be written without having been asked to. */
  pass(): Promise<void>;
  /** Reads the server once and tells what was found; null where that failed, or was of an older set-up. */
  look(): Promise<Survey | null>;
  /** A sync that a person asked for. */
  sync(request: SyncRequest, activity: SyncActivity): Answer<SyncReport>;
  /** What must be over before we let go: a look may be left to its end, a write may not. */
  kept<T>(written: Promise<T>): Promise<T>;
  /** Another server, key or choice of profiles is set up: what goes on was begun for the old one, and tells nothing. */
  forget(): void;
  /** Resolves when nothing is written any more; a look at a server that does not answer may still go on. */
  settled(): Promise<void>;
  /** Nothing that goes on has anything to tell any more. */
  close(): void;
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

export function createRemoteWork(deps: RemoteWorkDeps): RemoteWork {
  const { context, store, activities, rest, tell, target } = deps;
  const { id } = target();
  const writes = new Set<Promise<unknown>>();
  let drift: DriftMemory = NO_DRIFT;
  let isClosed = false;
  /** Counts what is set up: what is found by an older set-up is told to nobody. */
  let setup = 0;

  async function pass(): Promise<void> {
    const seen = await look();
    if (seen === null) return;
    const { survey, judgement } = seen;
    const { autoSync } = store.state();
    const step = decideStep({ report: survey.report, autoSync, fights: drift.fights });
    if (step.kind === 'nothing' || target().mode === 'manual' || target().paused) {
      // A sync would do so first: what is found to be written by now stands in the history, too.
      if (survey.state.remote?.unsettled === true) await kept(settleTarget(context, id));
      return;
    }
    await write(
      { ...PLAIN, target: id, only: step.only },
      { by: 'auto', profiles: step.profiles },
      { survey, settled: () => judgement.afterWrite },
    );
  }

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
    await tell.failed(error, rest.failed(error, { isRetried: !target().paused }));
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

  function kept<T>(written: Promise<T>): Promise<T> {
    const settled = written.then(
      () => undefined,
      () => undefined,
    );
    writes.add(settled);
    void settled.then(() => writes.delete(settled));
    return written;
  }

  return {
    pass,
    look: async () => (await look())?.survey ?? null,
    sync: (request, activity) =>
      write(request, activity, { survey: null, settled: () => settledByPerson(drift, request.only) }),
    kept,
    forget: () => {
      setup += 1;
      drift = NO_DRIFT;
    },
    settled: async () => {
      await Promise.all(writes);
    },
    close: () => {
      isClosed = true;
    },
  };
}
