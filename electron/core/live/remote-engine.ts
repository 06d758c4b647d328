import type { AppError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { RemoteTarget } from '../../../shared/schema/remote.ts';
import type { SyncReport } from '../../../shared/schema/sync.ts';
import type { Activities } from '../state/activities.ts';
import type { StateStore } from '../state/store.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import type { SyncRequest } from '../sync/sync-request.ts';
import { syncTarget } from '../sync/sync-target.ts';
import { createTurns } from '../support/turns.ts';
import { changingProfiles } from './decide-step.ts';
import { type Cause, mayLook } from './remote-policy.ts';
import { createRemoteRest } from './remote-rest.ts';
import { createRemoteTelling } from './remote-telling.ts';
import { createRemoteWork } from './remote-work.ts';

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

export function createRemoteEngine(first: RemoteTarget, deps: RemoteEngineDeps): RemoteEngine {
  const { context, store, activities } = deps;
  const { clock } = context;
  const { id } = first;
  const retry = (): void => hint('retry');
  const rest = createRemoteRest({ clock, random: deps.random, retry, onChange: deps.onRest });
  const tell = createRemoteTelling({ id, context, store });
  let turns = createTurns();
  let target = first;
  const work = createRemoteWork({ context, store, activities, rest, tell, target: () => target });
  let isClosed = false;
  /** A look that has not begun yet: however many changes there are, only the newest wish counts. */
  let queued: Cause | null = null;
  /** Counts what is set up: a look that waits for its turn is for the one that it was meant for. */
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
    if (mayLook(cause, rest.state(), target)) await tell.busy(() => work.pass());
    else if (cause === 'profiles') await tell.waiting();
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
      work.forget();
      queued = null;
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
      return turns.take(() => {
        if (isClosed) return Promise.resolve(err({ code: 'service-gone' }));
        return tell.busy(() => work.sync(request, activity));
      });
    },
    change: (asked) =>
      turns.take(() =>
        tell.busy(async () => {
          const done = await work.kept(asked());
          // A change that failed where the server refuses us must not ask it again.
          const seen = done.ok || rest.state().kind === 'none' ? await work.look() : null;
          if (seen?.report.state === 'pending') hint('profiles');
          return done;
        }),
      ),
    waits: () => !target.paused && rest.state().kind === 'back-off',
    settled: () => work.settled(),
    dispose: () => {
      isClosed = true;
      work.close();
      tell.close();
      rest.dispose();
    },
  };
}

/** Such a look comes whatever is in the way, and must not lose to one that is forbidden by then. */
function isPressing(cause: Cause): boolean {
  return mayLook(cause, { kind: 'connection' }, { mode: 'manual', paused: true });
}
