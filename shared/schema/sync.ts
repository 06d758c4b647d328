import * as z from 'zod/mini';
import { proxyObservationSchema } from './observation.ts';
import { PlanView } from './plan.ts';

/** Which target a report is about. */
export const TargetName = z.object({
  /** `local` for the configuration file beside CCS. */
  id: z.string(),
  path: z.string(),
});
export type TargetName = z.infer<typeof TargetName>;

/**
 * What a sync did. `in-sync`: there was nothing to do. `written`: the file was changed. `adopted`: only our
 * memory of what is ours changed. `planned`: a dry run. `needs-consent`: nothing was written, a person has to
 * agree first. `released`: this target is not managed until a sync names it.
 */
export const SyncReport = z.object({
  outcome: z.enum(['in-sync', 'written', 'adopted', 'planned', 'needs-consent', 'released']),
  target: TargetName,
  /** The path of the configuration that was made first, since there was none and that was asked for. */
  created: z.nullable(z.string()),
  /** Profiles that are as the target holds them once the plan is carried out. */
  syncable: z.number(),
  plan: PlanView,
  /** The history's record of this change. */
  record: z.nullable(z.number()),
  /** What was seen of the running proxy; null where it was not looked at. */
  proxy: z.nullable(proxyObservationSchema),
});
export type SyncReport = z.infer<typeof SyncReport>;
