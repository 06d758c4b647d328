import type { Clock } from '../core/support/clock.ts';

/** Says whether one more request may be served now. */
export type RateLimit = () => boolean;

/** A bucket of `burst` requests that fills by `perSecond`. */
export function createRateLimit(
  clock: Clock,
  { perSecond, burst }: { perSecond: number; burst: number },
): RateLimit {
  let left = burst;
  let atMs = clock.now();
  return () => {
    const nowMs = clock.now();
    // A clock that was set back gives nothing, and takes nothing either.
    left = Math.min(burst, left + (Math.max(0, nowMs - atMs) / 1000) * perSecond);
    atMs = nowMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
