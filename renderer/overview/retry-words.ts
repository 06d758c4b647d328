import * as m from '../../shared/words/generated/messages.js';

const MINUTE_MS = 60_000;

/** When a server is asked again (both in milliseconds since the epoch); null: not by itself. */
export function retryWords(retryAtMs: number | null, nowMs: number, isPaused: boolean): string {
  if (isPaused) return m.overview_retry_paused();
  if (retryAtMs === null) return m.overview_retry_not_by_itself();
  const minutes = Math.ceil((retryAtMs - nowMs) / MINUTE_MS);
  return minutes <= 1 ? m.overview_retry_soon() : m.overview_retry_minutes({ count: minutes });
}
