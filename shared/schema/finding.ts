import * as z from 'zod/mini';
import type { AppError } from '../errors.ts';
import { proxyObservationSchema } from './observation.ts';
import { PlanWarning } from './plan.ts';
import { SkipReason } from './skip.ts';

/** `problem`: needs a hand. `note`: worth knowing, nothing is broken. */
export const FindingGrade = z.enum(['problem', 'note']);

/** One thing that `doctor` found, as a code with what its sentence needs. */
export const Finding = z.discriminatedUnion('code', [
  /** An error that keeps everything else from being looked at; words for it are those of the error. */
  z.object({ code: z.literal('error'), error: z.custom<AppError>() }),
  z.object({ code: z.literal('skipped'), profile: z.string(), path: z.string(), reason: SkipReason }),
  z.object({ code: z.literal('warning'), warning: PlanWarning }),
  z.object({ code: z.literal('proxy'), observation: proxyObservationSchema }),
  /** Settings files that others can read although they hold keys. */
  z.object({ code: z.literal('profiles-readable'), paths: z.readonly(z.array(z.string())) }),
  z.object({ code: z.literal('unregistered'), profile: z.string(), path: z.string() }),
  /** An entry that CCS wrote and no profile asks for: its key is still served. */
  z.object({
    code: z.literal('orphan-entry'),
    line: z.number(),
    baseUrl: z.string(),
    models: z.readonly(z.array(z.string())),
  }),
  /** An entry of others with a profile's key and base URL, beside ours: it keeps the key when the profile's changes. */
  z.object({
    code: z.literal('key-elsewhere'),
    line: z.number(),
    profile: z.string(),
    prefix: z.string(),
  }),
  z.object({ code: z.literal('malformed-entry'), line: z.number() }),
  /** Without `host` the proxy listens on all interfaces. */
  z.object({ code: z.literal('listens-everywhere'), path: z.string() }),
  /** Without `api-keys` the proxy serves anyone. */
  z.object({ code: z.literal('serves-anyone'), path: z.string() }),
  /** CCS says one port, the file another. */
  z.object({ code: z.literal('port-differs'), path: z.string(), ccs: z.number(), file: z.number() }),
  /** Bare names are not served: clients must ask with a prefix. */
  z.object({ code: z.literal('force-model-prefix'), path: z.string() }),
  z.object({ code: z.literal('registry-problem'), path: z.string(), at: z.string() }),
  /** CCS syncs the same file by renaming over it, which makes a running proxy deaf. */
  z.object({ code: z.literal('ccs-syncs-too') }),
  z.object({ code: z.literal('pending'), count: z.number() }),
  z.object({ code: z.literal('review'), count: z.number() }),
  z.object({ code: z.literal('held'), profiles: z.readonly(z.array(z.string())) }),
  z.object({ code: z.literal('unfinished-write'), path: z.string() }),
]);
export type Finding = z.infer<typeof Finding>;

export const GradedFinding = z.object({ grade: FindingGrade, finding: Finding });
export type GradedFinding = z.infer<typeof GradedFinding>;

export const DoctorReport = z.object({
  findings: z.readonly(z.array(GradedFinding)),
  /** How many things were looked at and found in order, by name. */
  checked: z.readonly(z.array(z.string())),
});
export type DoctorReport = z.infer<typeof DoctorReport>;
