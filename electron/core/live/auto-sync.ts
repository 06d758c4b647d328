import type { Settings } from '../../../shared/schema/settings.ts';
import type { AutoSyncState } from '../../../shared/schema/state.ts';
import type { CcsConfigReading } from '../profiles/read-ccs-config.ts';

/** What decides whether we sync by ourselves. */
export interface AutoSyncSources {
  readonly settings: Pick<Settings, 'autoSync' | 'pausedUntilMs'>;
  /** CCS's settings as they are now; null before they were looked at. */
  readonly reading: CcsConfigReading | null;
  /** `cliproxy.auto_sync` as it was last readable; null where it never was. */
  readonly lastKnown: boolean | null;
}

/**
 * Whether we sync by ourselves, and who says so. Without `cliproxy.auto_sync` CCS syncs, and so do we; where its
 * settings can't be read, what they said last counts, and where they never could be, nothing is done.
 */
export function autoSyncOf({ settings, reading, lastKnown }: AutoSyncSources): AutoSyncState {
  const { mode, enabled } = settings.autoSync;
  const { pausedUntilMs } = settings;
  if (mode === 'own') return { mode, enabled, source: 'own', pausedUntilMs };
  const said = reading === null ? null : autoSyncSaid(reading);
  if (said !== null) return { mode, enabled: said, source: 'ccs', pausedUntilMs };
  return lastKnown === null
    ? { mode, enabled: false, source: 'never-known', pausedUntilMs }
    : { mode, enabled: lastKnown, source: 'last-known', pausedUntilMs };
}

/** What CCS's settings say of auto-sync; null where they can't be read. */
export function autoSyncSaid(reading: CcsConfigReading): boolean | null {
  if (reading.state === 'unreadable') return null;
  return reading.state === 'absent' ? true : (reading.config.autoSync ?? true);
}
