import * as z from 'zod/mini';
import { MaskedKey } from './masked.ts';
import { proxyObservationSchema } from './observation.ts';
import { PlanView } from './plan.ts';
import { SkipReason } from './skip.ts';
import { TargetName } from './sync.ts';

/** What may go wrong with a base URL, by the codes of `rules/mapping-risks.ts`. */
const BaseUrlRisk = z.enum(['ends-in-v1', 'ends-in-slash', 'not-http', 'white-space', 'unparsable']);

/** One profile, as it stands to the target. */
export const ProfileStatus = z.object({
  name: z.string(),
  path: z.string(),
  /** Whether CCS knows it: `ccs <name>` works. */
  registered: z.boolean(),
  /**
   * `pending`: the target does not hold what it asks for yet. `held`: left as an undo left it. `unknown`: the target
   * can't be read now; only in the state of a service, which remembers the profiles.
   */
  state: z.enum(['synced', 'pending', 'held', 'review', 'skipped', 'unknown']),
  reason: z.nullable(SkipReason),
  /** Null where it is skipped: then nothing of it is used. */
  entry: z.nullable(
    z.object({
      prefix: z.string(),
      baseUrl: z.string(),
      models: z.readonly(z.array(z.string())),
      key: MaskedKey,
    }),
  ),
  /** What may go wrong with its base URL, the gravest first; it is written all the same. */
  risks: z.readonly(z.array(BaseUrlRisk)),
});
export type ProfileStatus = z.infer<typeof ProfileStatus>;

/** How things stand, without anything having been changed. */
export const StatusReport = z.object({
  ccsDirectory: z.string(),
  /** `cliproxy.auto_sync` of CCS; on where it is absent, `unknown` where its settings can't be read. */
  autoSync: z.enum(['on', 'off', 'unknown']),
  target: TargetName,
  /** Whether a sync would change something, must be agreed to, or is off for this target. */
  state: z.enum(['in-sync', 'pending', 'review', 'released']),
  /** The last change that we made; null before the first. */
  lastChange: z.nullable(z.object({ record: z.number(), time: z.string(), kind: z.string() })),
  profiles: z.readonly(z.array(ProfileStatus)),
  /** What a sync would do now. */
  plan: PlanView,
  proxy: z.nullable(proxyObservationSchema),
});
export type StatusReport = z.infer<typeof StatusReport>;
