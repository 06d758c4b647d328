import { describe, expect, it } from 'vitest';
import { describeAgo, describeMoment, describeTimeOfDay } from './describe-time.ts';

const NOW = Date.UTC(2026, 0, 10, 12);

describe('how long ago a moment was', () => {
  it.each([
    [0, 'just now'],
    [-5000, 'just now'],
    [59_999, 'just now'],
    [60_000, '1 min ago'],
    [3_599_999, '59 min ago'],
    [3_600_000, '1 h ago'],
    [86_399_999, '23 h ago'],
    [86_400_000, 'yesterday'],
    [172_800_000, '2 days ago'],
  ])('%d ms reads "%s"', (elapsedMs, words) => {
    expect(describeAgo(NOW - elapsedMs, NOW)).toBe(words);
  });
});

describe('the time of day', () => {
  it('counts 24 hours, also at midnight', () => {
    const midnight = new Date(2026, 0, 10, 0, 5).getTime();
    expect(describeTimeOfDay(midnight, 'en')).toBe('00:05');
    expect(describeTimeOfDay(midnight, 'zh')).toBe('00:05');
  });
});

describe('a moment in full', () => {
  it('counts 24 hours, as the time of day beside it does', () => {
    const afternoon = new Date(2026, 0, 10, 13, 20, 5).getTime();
    expect(describeMoment(afternoon, 'en')).toMatch(/\b13:20:05$/);
    expect(describeMoment(afternoon, 'zh')).toMatch(/ 13:20:05$/);
  });
});
