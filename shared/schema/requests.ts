import * as z from 'zod/mini';
import { TargetId } from './remote.ts';

/** For methods that need nothing to be said. */
export const Nothing = z.object({});

/** Which target a request is about; absent: the local file. */
const target = z.optional(TargetId);

/** For methods that are about one target and nothing else. */
export const OfTarget = z.object({ target });

/** What a person or a host asks of one sync. */
export const SyncRun = z.object({
  target,
  /** A person is there: a key that the remote refused before may be sent to it once more. */
  retryRefused: z.optional(z.boolean()),
  /** Only these profiles; null for all. Naming a profile ends its hold. */
  only: z.nullable(z.readonly(z.array(z.string()))),
  /** A person agreed to what needs consent. */
  accepted: z.boolean(),
  /** Says what would be done, and writes nothing at all. */
  dryRun: z.boolean(),
  /** Make a minimal configuration where there is none. */
  create: z.boolean(),
  /** The target was named, which takes up again one that was released. */
  targetNamed: z.boolean(),
  /** Look at the running proxy afterwards. */
  verify: z.boolean(),
});

const change = { target, dryRun: z.boolean(), accepted: z.boolean() };
const RecordId = z.int().check(z.gte(1));

/** `record` null: the latest that still can be undone; 0: everything since before the first sync. */
export const UndoRequest = z.object({ record: z.nullable(z.union([z.literal(0), RecordId])), ...change });

/** Brings back what others took out; `record` null: the latest such loss. */
export const RestoreRequest = z.object({ record: z.nullable(RecordId), ...change });

export const ReleaseRequest = z.object({ entries: z.enum(['keep', 'remove']), ...change });

export const HistoryRecordId = z.object({ target, id: RecordId });

/** `first`: also the bytes from before the first sync. */
export const PurgeRequest = z.object({ target, first: z.boolean() });

/** How many files went. */
export const PurgeReport = z.object({ removed: z.number() });

/**
 * `from`: the target whose proxy is asked from now on. `retryRefused`: a person is there: a key that the proxy refused
 * before may be sent to it once more.
 */
export const CatalogRefresh = z.object({
  from: z.optional(TargetId),
  retryRefused: z.optional(z.boolean()),
});
export type CatalogRefresh = z.infer<typeof CatalogRefresh>;

export const HoldRelease = z.object({ target, profile: z.string() });

export const AutoSyncChange = z.object({ mode: z.enum(['follow-ccs', 'own']), enabled: z.boolean() });

/** Milliseconds since the epoch; null resumes. */
export const PauseChange = z.object({ untilMs: z.nullable(z.number()) });

export const ExcludeChange = z.object({
  change: z.enum(['add', 'remove']),
  names: z.readonly(z.array(z.string())),
});

/** All profiles that are kept out now, sorted. */
export const ExcludedProfiles = z.object({ excluded: z.readonly(z.array(z.string())) });

/** A file that the host opens in the program that the user's system has for it: only these, never a path of the caller's. */
export const OpenFile = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('profile'), name: z.string() }),
  z.object({ kind: z.literal('target'), id: z.string() }),
  /** The log of the service that answers. */
  z.object({ kind: z.literal('log') }),
]);
export type OpenFile = z.infer<typeof OpenFile>;

/** A text without secrets for the clipboard: a path, a command, a report. */
export const CopyText = z.object({ text: z.string().check(z.maxLength(1_000_000)) });

/** Whether the program starts when the user logs in; asked of the system each time. */
export const Autostart = z.object({ enabled: z.boolean() });

/** A one-time link that opens the page of a service; it ends with its first use, or after ten minutes. */
export const WebLink = z.object({ url: z.string() });
