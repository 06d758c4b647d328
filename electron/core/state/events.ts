import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import type { CatalogState } from '../../../shared/schema/catalog.ts';
import type { RemoteTarget } from '../../../shared/schema/remote.ts';
import type {
  AutoSyncState,
  Drift,
  Fight,
  RemoteState,
  TargetState,
  WatcherState,
} from '../../../shared/schema/state.ts';
import type { StatusReport } from '../../../shared/schema/status.ts';

/** How the profiles stand to a remote as far as our own memory of it tells, without asking it. */
export type Standings = Pick<RemoteState, 'waiting' | 'profiles'>;

/** Everything that can happen to the state. Times are milliseconds since the epoch; `target` is an id. */
export type StateEvent =
  | { readonly kind: 'watcher'; readonly watcher: WatcherState }
  | { readonly kind: 'auto-sync'; readonly autoSync: AutoSyncState }
  | { readonly kind: 'catalog'; readonly catalog: CatalogState }
  /** A sync begins to write. */
  | { readonly kind: 'began'; readonly by: 'user' | 'auto'; readonly atMs: number; readonly profiles: number }
  /** What was begun is written and looked at. */
  | { readonly kind: 'ended' }
  /**
   * Profiles and one target were read: the report says which. A report without a proxy leaves what was last seen of
   * it. `error`: what still keeps the target from being written.
   */
  | {
      readonly kind: 'surveyed';
      readonly report: StatusReport;
      readonly fights: readonly Fight[];
      readonly error: TargetState['error'];
    }
  /** Somebody looked at the running proxy. */
  | { readonly kind: 'observed'; readonly target: string; readonly proxy: ProxyObservation | null }
  /** A sync of ours ended well: it wrote what was to be written, or was asked for and found nothing to do. */
  | { readonly kind: 'synced'; readonly target: string; readonly atMs: number }
  /** What others had changed of ours was brought back. */
  | { readonly kind: 'repaired'; readonly target: string; readonly drift: Drift }
  /** Profiles or local file can't be read, or it can't be written. */
  | { readonly kind: 'failed'; readonly error: NonNullable<TargetState['error']>; readonly path: string }
  /** There is no CCS directory and never was: nothing is wrong, there is just nothing yet. */
  | { readonly kind: 'never-seen' }
  /** These remotes are set up now, in this order. What is known of those that stay remains. */
  | { readonly kind: 'remotes'; readonly remotes: readonly RemoteTarget[] }
  /** A look at a remote, or a write, begins or ends. */
  | { readonly kind: 'remote-busy'; readonly target: string; readonly busy: boolean }
  /** A remote was not read, or not written. `standings` null: those before still hold. */
  | {
      readonly kind: 'remote-failed';
      readonly target: string;
      readonly error: NonNullable<TargetState['error']>;
      readonly standings: Standings | null;
    }
  /** The profiles ask for something else, and the remote is not asked now. */
  | { readonly kind: 'remote-waiting'; readonly target: string; readonly standings: Standings };
