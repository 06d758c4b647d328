import { describe, expect, it } from 'vitest';
import { fakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { createTrayPresence, type TrayPresence } from './tray-presence.ts';

interface TestPresence extends TrayPresence {
  readonly clock: FakeClock;
  readonly seen: string[];
}

function presence(startedAtLogin: boolean): TestPresence {
  const clock = fakeClock();
  const seen: string[] = [];
  const made = createTrayPresence({
    clock,
    startedAtLogin,
    onAppear: () => void seen.push('appear'),
    onMissing: () => void seen.push('missing'),
    onChange: () => void seen.push('change'),
  });
  return { ...made, clock, seen };
}

describe('a place for the tray icon', () => {
  it('that is there from the start needs nothing', async () => {
    const one = presence(false);
    expect(one.isThere()).toBe(true);
    one.set(true);
    await one.clock.advance(60_000);
    expect([one.seen, one.isThere()]).toEqual([['change'], true]);
  });

  it.each([
    [false, 5000],
    [true, 30_000],
  ])('that is missing is told once, after a while (at login %s: %i ms)', async (atLogin, patienceMs) => {
    const one = presence(atLogin);
    one.set(false);
    await one.clock.advance(patienceMs - 1);
    expect(one.seen).toEqual(['change']);
    await one.clock.advance(1);
    expect([one.seen, one.isThere()]).toEqual([['change', 'missing'], false]);
    await one.clock.advance(3_600_000);
    expect(one.seen).toEqual(['change', 'missing']);
  });

  it('that comes up is moved into, also much later; one that comes back finds the icon by itself', async () => {
    const one = presence(true);
    one.set(false);
    await one.clock.advance(20_000);
    one.set(true);
    await one.clock.advance(20_000);
    one.set(false);
    one.set(true);
    expect(one.seen).toEqual(['change', 'appear', 'change', 'change', 'change']);
  });

  it('that came up while the program started at login is moved into', () => {
    const one = presence(true);
    one.set(true);
    expect(one.seen).toEqual(['appear', 'change']);
  });

  it('is told of no more once the program ends', async () => {
    const one = presence(false);
    one.set(false);
    one.dispose();
    await one.clock.advance(60_000);
    expect(one.seen).toEqual(['change']);
  });
});
