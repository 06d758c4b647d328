import * as z from 'zod/mini';
import { TargetId } from '../../shared/schema/remote.ts';
import { ProfileStatus, StatusReport } from '../../shared/schema/status.ts';
import { SyncReport } from '../../shared/schema/sync.ts';

/** What `--json` prints, whatever happens: docs/cli.md promises it, with the report of each command. */
export const ReportEnvelope = z.object({
  ok: z.literal(true),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  /** SyncReport, StatusReport, HistoryReport, …: as the command says. */
  report: z.unknown(),
});

export const ErrorEnvelope = z.object({
  ok: z.literal(false),
  /** 0 where only the local configuration is missing, on a machine that syncs servers only. */
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  /** With the further fields of shared/errors.ts: `path`, `line`, `name`, … */
  error: z.looseObject({
    /** A code of shared/errors.ts; `usage` where the command line is wrong, `bug` where the fault is ours. */
    code: z.string(),
    message: z.string(),
    next: z.string(),
  }),
});
export type ErrorEnvelope = z.infer<typeof ErrorEnvelope>;

/** What `profiles` reports. */
export const ProfilesReport = z.object({ profiles: z.readonly(z.array(ProfileStatus)) });
export type ProfilesReport = z.infer<typeof ProfilesReport>;

/** What `exclude` reports: all profiles that are kept out now. */
export const ExcludeReport = z.object({ excluded: z.readonly(z.array(z.string())) });

export type RemoteError = ErrorEnvelope['error'];

/** What a command found at each server, beside what it found at the local file. */
const remotesWith = <T extends z.ZodMiniType>(report: T) =>
  z.optional(
    z.readonly(
      z.array(
        z.discriminatedUnion('ok', [
          z.object({ target: TargetId, name: z.string(), ok: z.literal(true), report }),
          z.object({
            target: TargetId,
            name: z.string(),
            ok: z.literal(false),
            error: ErrorEnvelope.shape.error,
          }),
        ]),
      ),
    ),
  );

/** Ids of the servers that are paused, which were not asked. */
const paused = z.optional(z.readonly(z.array(TargetId)));

/** What `sync` and `status` report where servers are set up and no target is named. */
export const SyncReports = z.extend(SyncReport, { remotes: remotesWith(SyncReport), paused });
export const StatusReports = z.extend(StatusReport, { remotes: remotesWith(StatusReport), paused });

/** What `targets remove` reports: the id of the target that is gone; null where nobody agreed. */
export const RemovedTarget = z.object({ removed: z.nullable(TargetId) });
export type RemovedTarget = z.infer<typeof RemovedTarget>;

/** What `history purge` reports: how many files went. */
export const PurgeReport = z.object({ removed: z.number() });
export type PurgeReport = z.infer<typeof PurgeReport>;
