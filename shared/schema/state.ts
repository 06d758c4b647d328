import * as z from 'zod/mini';
import type { AppError } from '../errors.ts';
import { CatalogState } from './catalog.ts';
import { proxyObservationSchema } from './observation.ts';
import { PlanView } from './plan.ts';
import { SkipReason } from './skip.ts';
import { ProfileStatus } from './status.ts';

/** Whether changes are noticed at once, and if not, why. */
export const WatcherState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('running') }),
  /** The system can't tell us of changes (inotify is exhausted): we look ourselves, every few seconds. */
  z.object({ state: z.literal('polling'), why: z.string() }),
  /** Something is not watched; the rescan every 60 s still finds its changes. */
  z.object({ state: z.literal('degraded'), why: z.string(), path: z.string() }),
  z.object({ state: z.literal('stopped') }),
]);
export type WatcherState = z.infer<typeof WatcherState>;

/** Whether changes are synced by themselves, and who decides that. */
export const AutoSyncState = z.object({
  /** `follow-ccs`: `cliproxy.auto_sync` of CCS's config.yaml decides. `own`: our setting does ("Only CLIProxy Sync"). */
  mode: z.enum(['follow-ccs', 'own']),
  enabled: z.boolean(),
  /** `last-known`: CCS's settings can't be read now. `never-known`: they never could; then it is off. */
  source: z.enum(['ccs', 'own', 'last-known', 'never-known']),
  /** Milliseconds since the epoch; null where it is not paused. */
  pausedUntilMs: z.nullable(z.number()),
});
export type AutoSyncState = z.infer<typeof AutoSyncState>;

/** Who undoes our changes again and again, as far as it can be told. */
export const Fight = z.object({
  profile: z.string(),
  field: z.string(),
  times: z.number(),
  by: z.enum(['ccs', 'proxy', 'unknown']),
});
export type Fight = z.infer<typeof Fight>;

/** Entries of ours that others had changed and that were brought back: said once, with its time. */
export const Drift = z.object({
  /** Milliseconds since the epoch. */
  atMs: z.number(),
  profiles: z.readonly(z.array(z.string())),
  by: Fight.shape.by,
  /** The history's record of the repair. */
  record: z.nullable(z.number()),
});
export type Drift = z.infer<typeof Drift>;

/** How one profile stands to a remote target. */
export const ProfileStanding = z.object({
  name: z.string(),
  state: ProfileStatus.shape.state,
  reason: z.nullable(SkipReason),
});
export type ProfileStanding = z.infer<typeof ProfileStanding>;

/** What only remote targets have. */
export const RemoteState = z.object({
  mode: z.enum(['auto', 'manual']),
  paused: z.boolean(),
  /** The server's own version, as it last told it. */
  version: z.nullable(z.string()),
  /** A look or a write is under way. */
  busy: z.boolean(),
  /** How many profiles stand otherwise in our memory of the server than they ask for: what waits while it is away. */
  waiting: z.number(),
  profiles: z.readonly(z.array(ProfileStanding)),
});
export type RemoteState = z.infer<typeof RemoteState>;

/** One target as it stands. */
export const TargetState = z.object({
  /** `local` for the configuration file beside CCS, which is always the first. */
  id: z.string(),
  name: z.string(),
  /** The file's path, or the remote's URL. */
  path: z.string(),
  /** Null for the local file. */
  remote: z.nullable(RemoteState),
  /** The first that holds: what the tray shows for this target. */
  state: z.enum([
    'starting',
    'error',
    /** A remote refused the management key. */
    'auth-failed',
    'review',
    /** A remote can't be reached; its changes wait. */
    'offline',
    'not-loaded',
    'pending',
    'released',
    'in-sync',
    'empty',
  ]),
  /** Why `error`, with when it is tried again (ms since the epoch; null: when something changes). */
  error: z.nullable(z.object({ error: z.custom<AppError>(), retryAtMs: z.nullable(z.number()) })),
  /** What a sync would do now; null while it is not known. */
  plan: z.nullable(PlanView),
  fights: z.readonly(z.array(Fight)),
  /** The last repair; null where none was needed since the service started. */
  lastDrift: z.nullable(Drift),
  proxy: z.nullable(proxyObservationSchema),
  /**
   * When a sync of this target last ended well, in milliseconds since the epoch: it wrote, or was asked for and found
   * nothing to do. Of the time before this service, when its history was last changed. A look is no sync.
   */
  lastSyncMs: z.nullable(z.number()),
  /** The history's record of the last change. */
  lastRecord: z.nullable(z.number()),
});
export type TargetState = z.infer<typeof TargetState>;

/** What the host can do: what it lacks is absent from every surface, not dead. */
export const Capabilities = z.object({
  tray: z.boolean(),
  autostart: z.boolean(),
  notifications: z.boolean(),
  openFile: z.boolean(),
  clipboard: z.boolean(),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** Everything that tray, window, command line and HTTP show: one immutable value, a new revision with each change. */
export const AppState = z.object({
  revision: z.number(),
  ccsDirectory: z.string(),
  /** What is going on right now; `by` says whether a person asked for it. */
  activity: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('starting') }),
    z.object({ kind: z.literal('idle') }),
    z.object({
      kind: z.literal('syncing'),
      by: z.enum(['user', 'auto']),
      sinceMs: z.number(),
      profiles: z.number(),
    }),
  ]),
  watcher: WatcherState,
  autoSync: AutoSyncState,
  profiles: z.readonly(z.array(ProfileStatus)),
  targets: z.readonly(z.array(TargetState)),
  /** Null until it was looked at. */
  catalog: z.nullable(CatalogState),
  capabilities: Capabilities,
  /** Where this state is made: another host may be attached to it. */
  service: z.object({ pid: z.number(), host: z.enum(['tray', 'serve', 'watch']), version: z.string() }),
});
export type AppState = z.infer<typeof AppState>;
