import * as z from 'zod/mini';
import { ProfileStatus } from '../../shared/schema/status.ts';

/** What `--json` prints, whatever happens: docs/cli.md promises it, with the report of each command. */
export const ReportEnvelope = z.object({
  ok: z.literal(true),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  /** SyncReport, StatusReport, HistoryReport, …: as the command says. */
  report: z.unknown(),
});

export const ErrorEnvelope = z.object({
  ok: z.literal(false),
  exitCode: z.union([z.literal(1), z.literal(2), z.literal(3)]),
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

/** What `history purge` reports: how many files went. */
export const PurgeReport = z.object({ removed: z.number() });
export type PurgeReport = z.infer<typeof PurgeReport>;
