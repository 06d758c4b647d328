import { describe, expect, it } from 'vitest';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { addressMark, createNetworkWatch, type NetworkWatch } from './network-watch.ts';

interface Watched {
  readonly clock: FakeClock;
  readonly watch: NetworkWatch;
  readonly told: () => number;
  readonly move: (mark: string) => void;
}

function watched(): Watched {
  const clock = fakeClock();
  let mark = 'at home';
  let told = 0;
  const watch = createNetworkWatch({ clock, mark: () => mark, onChange: () => (told += 1) });
  return { clock, watch, told: () => told, move: (next) => (mark = next) };
}

describe('the watch for the network', () => {
  it('tells once of other addresses, within five seconds', async () => {
    const { clock, watch, told, move } = watched();
    watch.setNeeded(true);
    await clock.advance(60_000);
    expect(told()).toBe(0);
    move('at work');
    await clock.advance(5000);
    expect(told()).toBe(1);
    await clock.advance(60_000);
    expect(told()).toBe(1);
  });

  it('tells of a sleep', async () => {
    const { clock, watch, told } = watched();
    watch.setNeeded(true);
    await clock.leap(30_000);
    expect(told()).toBe(1);
  });

  it('looks at nothing while nobody waits, and takes what came meanwhile for what is', async () => {
    const { clock, watch, told, move } = watched();
    expect(clock.timers).toBe(0);
    watch.setNeeded(true);
    watch.setNeeded(true);
    expect(clock.timers).toBe(1);
    watch.setNeeded(false);
    expect(clock.timers).toBe(0);
    move('at work');
    watch.setNeeded(true);
    await clock.advance(60_000);
    expect(told()).toBe(0);
    watch.dispose();
    expect(clock.timers).toBe(0);
  });
});

it('the addresses of a machine are the same as long as it stays where it is', () => {
  expect(addressMark()).toBe(addressMark());
  expect(addressMark()).not.toContain('127.0.0.1');
});
