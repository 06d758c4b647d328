const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago a time (ISO 8601) was, in words: `just now`, `2 min ago`, `3 h ago`, `5 days ago`. */
export function agoOf(time: string, nowMs = Date.now()): string {
  const elapsedMs = Math.max(0, nowMs - Date.parse(time));
  if (elapsedMs < MINUTE_MS) return 'just now';
  if (elapsedMs < HOUR_MS) return `${Math.floor(elapsedMs / MINUTE_MS)} min ago`;
  if (elapsedMs < DAY_MS) return `${Math.floor(elapsedMs / HOUR_MS)} h ago`;
  const days = Math.floor(elapsedMs / DAY_MS);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
