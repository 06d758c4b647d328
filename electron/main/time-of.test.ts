import { describe, expect, it } from 'vitest';
import { timeOf } from './time-of.ts';

const HOUR_MS = 3_600_000;
const NOON_MS = new Date(2026, 10, 22, 12, 0).getTime();

describe('a moment in the tray', () => {
  it.each(['en', 'zh'])('is the time of day alone where that can be no other day: %s', (locale) => {
    const told = timeOf(locale, NOON_MS);
    expect(told(NOON_MS - 4 * HOUR_MS)).toBe('08:00');
    expect(told(NOON_MS + 2 * HOUR_MS)).toBe('14:00');
  });

  it('has its date otherwise', () => {
    expect(timeOf('en', NOON_MS)(NOON_MS - 48 * HOUR_MS)).toBe('Nov 20 12:00');
    expect(timeOf('zh', NOON_MS)(NOON_MS - 48 * HOUR_MS)).toBe('11月20日 12:00');
  });
});
