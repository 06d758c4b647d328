import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startStanding } from './standing-time.ts';

describe('what stands for ten seconds', () => {
  let isGone = false;
  const start = (): ReturnType<typeof startStanding> => startStanding(10_000, () => (isGone = true));
  const pass = (ms: number): boolean => {
    vi.advanceTimersByTime(ms);
    return isGone;
  };
  beforeEach(() => {
    isGone = false;
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  it('goes then, and not before', () => {
    start();
    expect(pass(9_999)).toBe(false);
    expect(pass(1)).toBe(true);
  });

  it('waits under the pointer, then lasts for what was left', () => {
    const standing = start();
    pass(7_000);
    standing.hold('pointer', true);
    expect(pass(60_000)).toBe(false);
    standing.hold('pointer', false);
    expect(pass(2_999)).toBe(false);
    expect(pass(1)).toBe(true);
  });

  it('stays under the focus when the pointer leaves, and under the pointer when the focus leaves', () => {
    for (const [first, second] of [
      ['pointer', 'focus'],
      ['focus', 'pointer'],
    ] as const) {
      const standing = start();
      standing.hold('focus', true);
      standing.hold('pointer', true);
      standing.hold(first, false);
      expect(pass(60_000)).toBe(false);
      standing.hold(second, false);
      expect(pass(10_000)).toBe(true);
      isGone = false;
    }
  });

  it('takes nothing from the focus that goes from one of its buttons to the next', () => {
    const standing = start();
    standing.hold('focus', true);
    pass(5_000);
    standing.hold('focus', false);
    standing.hold('focus', true);
    expect(pass(60_000)).toBe(false);
  });

  it('runs once, however often nobody is said to hold it', () => {
    const standing = start();
    pass(6_000);
    standing.hold('pointer', false);
    standing.hold('focus', false);
    expect(pass(4_000)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is silent once it was ended', () => {
    const standing = start();
    standing.hold('pointer', true);
    standing.end();
    standing.hold('pointer', false);
    expect(pass(60_000)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
