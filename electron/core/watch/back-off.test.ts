import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createBackOff, retryDelayMs } from './back-off.ts';

function backOff(): {
  readonly clock: ReturnType<typeof fakeClock>;
  readonly tries: number[];
  readonly off: ReturnType<typeof createBackOff>;
} {
  const clock = fakeClock();
  const startMs = clock.now();
  const tries: number[] = [];
  return { clock, tries, off: createBackOff({ clock, retry: () => void tries.push(clock.now() - startMs) }) };
}

describe('createBackOff', () => {
  it('waits 1, 2, 4 … seconds, and never more than 60', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 1000].map(retryDelayMs);
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
  });

  it('tries again later with each failure in a row, and says when', async () => {
    const { clock, tries, off } = backOff();
    expect(off.failed('locked')).toBe(clock.now() + 1000);
    await clock.advance(1000);
    expect(off.failed('disk-full')).toBe(clock.now() + 2000);
    await clock.advance(60_000);
    expect(tries).toEqual([1000, 3000]);
  });

  it('tries once where a change brings a failure before the next try', async () => {
    const { clock, tries, off } = backOff();
    off.failed('locked');
    await clock.advance(500);
    off.failed('locked');
    await clock.advance(60_000);
    expect(tries).toEqual([2500]);
  });

  it('begins anew after a success', async () => {
    const { clock, tries, off } = backOff();
    off.failed('locked');
    off.failed('locked');
    off.succeeded();
    await clock.advance(60_000);
    expect(tries).toEqual([]);
    expect(off.failed('locked')).toBe(clock.now() + 1000);
  });

  it('waits for a change where trying again can’t help', async () => {
    const { clock, tries, off } = backOff();
    off.failed('locked');
    expect(off.failed('target-refused')).toBeNull();
    await clock.advance(120_000);
    expect(tries).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('leaves no timer when it is disposed of', () => {
    const { clock, off } = backOff();
    off.failed('locked');
    off.dispose();
    expect(clock.timers).toBe(0);
  });
});
