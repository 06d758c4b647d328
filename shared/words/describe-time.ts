import * as m from './generated/messages.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long ago a moment was (both in milliseconds since the epoch): `just now`, `2 min ago`, `yesterday`. Not by
 * `Intl.RelativeTimeFormat`, which never says it that shortly.
 */
export function describeAgo(momentMs: number, nowMs: number): string {
  const elapsedMs = Math.max(0, nowMs - momentMs);
  if (elapsedMs < MINUTE_MS) return m.ago_now();
  if (elapsedMs < HOUR_MS) return m.ago_minutes({ count: Math.floor(elapsedMs / MINUTE_MS) });
  if (elapsedMs < DAY_MS) return m.ago_hours({ count: Math.floor(elapsedMs / HOUR_MS) });
  const days = Math.floor(elapsedMs / DAY_MS);
  return days === 1 ? m.ago_yesterday() : m.ago_days({ count: days });
}

/** A moment in full, as people of a language write it: date and time. */
export function describeMoment(momentMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(momentMs);
}

/** The time of day alone, as in `14:32`. */
export function describeTimeOfDay(momentMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    momentMs,
  );
}
