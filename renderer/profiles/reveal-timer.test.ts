import { describe, expect, it } from 'vitest';
import { createRevealTimer, REVEALED_MS, type SetTimer } from './reveal-timer.ts';

function reveal(): {
  timer: ReturnType<typeof createRevealTimer>;
  seen: (string | null)[];
  readonly pass: () => void;
  readonly waiting: () => number;
} {
  const seen: (string | null)[] = [];
  const waiting = new Set<() => void>();
  const setTimer: SetTimer = (delayMs, callback) => {
    expect(delayMs).toBe(REVEALED_MS);
    waiting.add(callback);
    return () => waiting.delete(callback);
  };
  const timer = createRevealTimer(setTimer, (secret) => seen.push(secret));
  return {
    timer,
    seen,
    pass: () => [...waiting].forEach((callback) => callback()),
    waiting: () => waiting.size,
  };
}

describe('a key that is revealed', () => {
  it('is forgotten after its time', () => {
    const { timer, seen, pass, waiting } = reveal();
    timer.show('sk-test-1');
    pass();
    expect(seen).toEqual(['sk-test-1', null]);
    expect(waiting()).toBe(0);
  });

  it('is forgotten at once where that is asked for, and only once', () => {
    const { timer, seen, waiting } = reveal();
    timer.show('sk-test-1');
    timer.hide();
    timer.hide();
    expect(seen).toEqual(['sk-test-1', null]);
    expect(waiting()).toBe(0);
  });

  it('has its whole time again where it is revealed again', () => {
    const { timer, seen, pass, waiting } = reveal();
    timer.show('sk-test-1');
    timer.show('sk-test-2');
    expect(waiting()).toBe(1);
    pass();
    expect(seen).toEqual(['sk-test-1', 'sk-test-2', null]);
  });

  it('says nothing where nothing was revealed', () => {
    const { timer, seen } = reveal();
    timer.hide();
    expect(seen).toEqual([]);
  });
});
