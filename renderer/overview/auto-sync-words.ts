import type { AutoSyncState } from '../../shared/schema/state.ts';
import * as m from '../../shared/words/generated/messages.js';

/**
 * What auto-sync does now, and who decides that. `timeOf` tells a moment (ms since the epoch) as people of this
 * place do.
 */
export function autoSyncWords(
  { mode, enabled, source, pausedUntilMs }: AutoSyncState,
  timeOf: (moment: number) => string,
): string {
  if (enabled && pausedUntilMs !== null) return m.overview_auto_paused({ time: timeOf(pausedUntilMs) });
  if (source === 'never-known') return m.overview_auto_never_known();
  if (source === 'last-known') return m.overview_auto_last_known();
  if (mode === 'own') return enabled ? m.overview_auto_own_on() : m.overview_auto_own_off();
  return enabled ? m.overview_auto_follow_on() : m.overview_auto_follow_off();
}
