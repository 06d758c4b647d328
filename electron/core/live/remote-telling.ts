import type { AppError } from '../../../shared/errors.ts';
import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import type { Fight } from '../../../shared/schema/state.ts';
import type { StatusReport } from '../../../shared/schema/status.ts';
import type { SyncReport } from '../../../shared/schema/sync.ts';
import { driftedFields } from '../state/fights.ts';
import type { StateStore } from '../state/store.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { waitingFor } from '../sync/waiting.ts';
import { endedWell } from './ended-well.ts';

/** Who undoes what is ours on a server can't be told from here: only its list is seen. */
export const UNDONE_BY = 'unknown';

/** Tells the state what becomes of one remote. */
export interface RemoteTelling {
  /** The remote is busy as long as any such work goes on. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  surveyed(report: StatusReport, fights: readonly Fight[]): void;
  observed(proxy: ProxyObservation): void;
  /** A sync ended; what others had changed, if anything, was brought back. */
  written(report: SyncReport): void;
  /** `retryAtMs`: in milliseconds since the epoch. */
  failed(error: AppError, retryAtMs: number | null): Promise<void>;
  /** What waits is counted without asking the server. */
  waiting(): Promise<void>;
  /** What goes on now was begun for something else than is set up: it has nothing to tell any more. */
  forget(): void;
  /** Nothing is told any more. */
  close(): void;
}

export function createRemoteTelling({
  id,
  context,
  store,
}: {
  readonly id: string;
  readonly context: SyncContext;
  readonly store: StateStore;
}): RemoteTelling {
  const { clock } = context;
  let isClosed = false;
  let working = 0;
  /** Counts what is set up. */
  let setup = 0;
  /** Counts what was told of standings, so that an older count does not follow a newer one. */
  let told = 0;

  const dispatch: StateStore['dispatch'] = (event) => {
    if (!isClosed) store.dispatch(event);
  };
  const tellBusy = (): void => dispatch({ kind: 'remote-busy', target: id, busy: working > 0 });

  return {
    busy: async (work) => {
      working += 1;
      tellBusy();
      try {
        return await work();
      } finally {
        working -= 1;
        tellBusy();
      }
    },
    surveyed: (report, fights) => {
      told += 1;
      dispatch({ kind: 'surveyed', report, fights, error: null });
    },
    observed: (proxy) => dispatch({ kind: 'observed', target: id, proxy }),
    written: ({ plan, outcome, record }) => {
      if (endedWell(outcome)) dispatch({ kind: 'synced', target: id, atMs: clock.now() });
      const drifted = driftedFields(plan.operations);
      if (drifted.length === 0 || outcome !== 'written') return;
      const profiles = [...new Set(drifted.map(({ profile }) => profile))];
      const drift = { atMs: clock.now(), profiles, by: UNDONE_BY, record } as const;
      dispatch({ kind: 'repaired', target: id, drift });
    },
    failed: async (error, retryAtMs) => {
      told += 1;
      const [number, began] = [told, setup];
      const counted = await waitingFor(context, id);
      if (began !== setup) return;
      const standings = counted.ok && number === told ? counted.value : null;
      dispatch({ kind: 'remote-failed', target: id, error: { error, retryAtMs }, standings });
    },
    waiting: async () => {
      told += 1;
      const number = told;
      const counted = await waitingFor(context, id);
      if (!counted.ok || number !== told) return;
      dispatch({ kind: 'remote-waiting', target: id, standings: counted.value });
    },
    forget: () => {
      setup += 1;
      told += 1;
    },
    close: () => {
      isClosed = true;
    },
  };
}
