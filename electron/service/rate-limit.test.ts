import { describe, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { createRateLimit } from './rate-limit.ts';

describe('the rate limit', () => {
  it('lets a burst through, then as many as time brings', async () => {
    const clock = fakeClock();
    const allows = createRateLimit(clock, { perSecond: 2, burst: 3 });
    const tries = (count: number): number => Array.from({ length: count }, allows).filter(Boolean).length;
    expect(tries(10)).toBe(3);
    await clock.advance(1000);
    expect(tries(10)).toBe(2);
    await clock.advance(60_000);
    expect(tries(10)).toBe(3);
  });
});
