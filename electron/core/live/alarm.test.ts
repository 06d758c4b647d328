import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createAlarm } from './alarm.ts';

const DAY_MS = 86_400_000;

describe('an alarm', () => {
  it('rings once, at its moment, also months from now', async () => {
    const clock = fakeClock();
    let rings = 0;
    const alarm = createAlarm(clock, () => (rings += 1));
    alarm.set(clock.now() + 100 * DAY_MS);
    await clock.advance(100 * DAY_MS - 1);
    expect(rings).toBe(0);
    await clock.advance(1);
    expect([rings, clock.timers]).toEqual([1, 0]);
  });

  it('forgets what was set before, and leaves no timer', async () => {
    const clock = fakeClock();
    let rings = 0;
    const alarm = createAlarm(clock, () => (rings += 1));
    alarm.set(clock.now() + 10);
    alarm.set(clock.now() + 20);
    expect(clock.timers).toBe(1);
    await clock.advance(15);
    expect(rings).toBe(0);
    alarm.set(null);
    alarm.dispose();
    expect(clock.timers).toBe(0);
  });

  it('rings at once where its moment has passed', async () => {
    const clock = fakeClock();
    let rings = 0;
    createAlarm(clock, () => (rings += 1)).set(clock.now() - 5);
    await clock.advance(0);
    expect(rings).toBe(1);
  });
});
