import * as z from 'zod/mini';
import { LOCAL_TARGET, TargetId } from './remote.ts';

/** Quiet times that make sense: below 50 ms half-written files are read, above 60 s nobody waits. */
const QuietMs = z.int().check(z.gte(50), z.lte(60_000));

/**
 * What the service needs to know of the user's wishes. It lies in the state folder, one for each CCS directory; a
 * host's own things (window bounds, last view) lie elsewhere.
 */
export const Settings = z.object({
  /** How long no change may be noticed before a sync begins, in milliseconds. */
  quietMs: QuietMs,
  /** `enabled` counts in the mode `own` only; in `follow-ccs` CCS's settings decide. */
  autoSync: z.object({ mode: z.enum(['follow-ccs', 'own']), enabled: z.boolean() }),
  /** Milliseconds since the epoch; null where it is not paused. */
  pausedUntilMs: z.nullable(z.number()),
  /** A BCP 47 tag, or the system's. */
  language: z.union([z.literal('system'), z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))]),
  appearance: z.enum(['system', 'light', 'dark']),
  notifications: z.enum(['all', 'problems', 'none']),
  /** For panels whose colour can't be asked for: `light` is a light icon, for a dark panel. */
  trayIcon: z.enum(['automatic', 'light', 'dark']),
  /** Whether the tray tells of profiles whose models are deprecated, broken or unknown. */
  modelWarnings: z.boolean(),
  /** The target whose proxy is asked for the model catalog; one that is gone counts as the local one. */
  catalogFrom: TargetId,
});
export type Settings = z.infer<typeof Settings>;

/** What `settings.set` may change; auto-sync, pause and the catalog's source have methods of their own. */
export const SettingsChange = z.partial(
  z.pick(Settings, {
    quietMs: true,
    language: true,
    appearance: true,
    notifications: true,
    trayIcon: true,
    modelWarnings: true,
  }),
);
export type SettingsChange = z.infer<typeof SettingsChange>;

export const DEFAULT_SETTINGS: Settings = {
  quietMs: 250,
  autoSync: { mode: 'follow-ccs', enabled: true },
  pausedUntilMs: null,
  language: 'system',
  appearance: 'system',
  notifications: 'problems',
  trayIcon: 'automatic',
  modelWarnings: false,
  catalogFrom: LOCAL_TARGET,
};
