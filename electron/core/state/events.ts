import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import type { CatalogState } from '../../../shared/schema/catalog.ts';
import type { AutoSyncState, Drift, Fight, TargetState, WatcherState } from '../../../shared/schema/state.ts';
import type { StatusReport } from '../../../shared/schema/status.ts';

/** Everything that can happen to the state. Times are milliseconds since the epoch. */
export type StateEvent =
  | { readonly kind: 'watcher'; readonly watcher: WatcherState }
  | { readonly kind: 'auto-sync'; readonly autoSync: AutoSyncState }
  | { readonly kind: 'catalog'; readonly catalog: CatalogState }
  /** A sync begins to write. */
  | { readonly kind: 'began'; readonly by: 'user' | 'auto'; readonly atMs: number; readonly profiles: number }
  /** What was begun is written and looked at. */
  | { readonly kind: 'ended' }
  /**
   * Profiles and target were read. A report without a proxy leaves what was last seen of it. `error`: what still
   * keeps the target from being written.
   */
  | {
      readonly kind: 'surveyed';
      readonly report: StatusReport;
      readonly fights: readonly Fight[];
      readonly error: TargetState['error'];
      readonly atMs: number;
    }
  /** Somebody looked at the running proxy. */
  | { readonly kind: 'observed'; readonly proxy: ProxyObservation | null }
  /** What others had changed of ours was brought back. */
  | { readonly kind: 'repaired'; readonly drift: Drift }
  /** Profiles or target can't be read, or the target can't be written. */
  | { readonly kind: 'failed'; readonly error: NonNullable<TargetState['error']>; readonly path: string }
  /** There is no CCS directory and never was: nothing is wrong, there is just nothing yet. */
  | { readonly kind: 'never-seen' };
