import { describe, expect, it } from 'vitest';
import { GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { fakeClock } from '../../electron/testing/fake-clock.ts';
import type { AppState } from '../schema/state.ts';
import type { Glance } from './glance.ts';
import { createSteadyGlance } from './steady-glance.ts';

function shown(): {
  readonly glances: readonly Glance[];
  readonly clock: ReturnType<typeof fakeClock>;
  readonly take: (state: AppState) => void;
  readonly dispose: () => void;
} {
  const clock = fakeClock();
  const glances: Glance[] = [];
  const setTimer = (delayMs: number, callback: () => void): (() => void) => {
    const timer = clock.setTimer(delayMs, callback);
    return () => timer.dispose();
  };
  const steady = createSteadyGlance({ now: () => clock.now(), setTimer }, (glance) => glances.push(glance));
  return { glances, clock, take: (state) => steady.take(state), dispose: () => steady.dispose() };
}

function syncingSince(sinceMs: number, by: 'user' | 'auto' = 'auto'): AppState {
  const state = GLANCE_STATES[by === 'user' ? 'syncing-user' : 'syncing-auto'];
  return { ...state, activity: { kind: 'syncing', by, sinceMs, profiles: 2 } };
}

const pending: AppState = { ...GLANCE_STATES['syncing-auto'], activity: { kind: 'idle' } };
const kindsOf = (glances: readonly Glance[]): readonly string[] => glances.map(({ kind }) => kind);

describe('the glance on show', () => {
  it('does not flicker when a sync is over within 300 ms', async () => {
    const { glances, clock, take } = shown();
    take(GLANCE_STATES.synced);
    take(pending);
    await clock.advance(150);
    take(syncingSince(clock.now()));
    await clock.advance(100);
    take(GLANCE_STATES.synced);
    await clock.advance(1_000);
    expect(kindsOf(glances)).toEqual(['synced']);
    expect(clock.timers).toBe(0);
  });

  it.each(['user', 'auto'] as const)('says that a sync goes on once it lasts: %s', async (by) => {
    const { glances, clock, take } = shown();
    take(GLANCE_STATES.synced);
    take(syncingSince(clock.now(), by));
    await clock.advance(299);
    expect(kindsOf(glances)).toEqual(['synced']);
    await clock.advance(1);
    expect(glances.at(-1)).toEqual({ kind: 'syncing', by, profiles: 2 });
    take(GLANCE_STATES.synced);
    expect(kindsOf(glances)).toEqual(['synced', 'syncing', 'synced']);
  });

  it('counts the wait before a sync and the sync as one', async () => {
    const { glances, clock, take } = shown();
    take(GLANCE_STATES.synced);
    take(pending);
    await clock.advance(250);
    take(syncingSince(clock.now()));
    await clock.advance(50);
    expect(kindsOf(glances)).toEqual(['synced', 'syncing']);
  });

  it('shows at once a sync that began long before we were told', () => {
    const { glances, clock, take } = shown();
    take(GLANCE_STATES.synced);
    take(syncingSince(clock.now() - 400));
    expect(kindsOf(glances)).toEqual(['synced', 'syncing']);
  });

  it('waits no longer than 300 ms where the clocks disagree', async () => {
    const { glances, clock, take } = shown();
    take(GLANCE_STATES.synced);
    take(syncingSince(clock.now() + 3_600_000));
    await clock.advance(300);
    expect(kindsOf(glances)).toEqual(['synced', 'syncing']);
  });

  it.each(['error-yaml', 'auth-failed', 'review', 'offline', 'not-loaded'] as const)(
    'shows a problem at once, also while a person syncs: %s',
    async (name) => {
      const { glances, clock, take } = shown();
      take(GLANCE_STATES.synced);
      take({ ...GLANCE_STATES[name], activity: syncingSince(clock.now(), 'user').activity });
      expect(glances).toHaveLength(2);
      expect(glances.at(-1)?.kind).toBe(GLANCE_STATES[name].targets.at(-1)?.state);
      await clock.advance(300);
      expect(glances.at(-1)?.kind).toBe('syncing');
    },
  );

  it('tells the first glance whatever it is, and the same one only once', () => {
    const { glances, clock, take } = shown();
    take(syncingSince(clock.now()));
    take(GLANCE_STATES.synced);
    take({ ...GLANCE_STATES.synced, revision: 8 });
    expect(kindsOf(glances)).toEqual(['syncing', 'synced']);
  });

  it('follows the numbers of a sync that is on show', async () => {
    const { glances, clock, take } = shown();
    take(GLANCE_STATES.starting);
    take(syncingSince(clock.now()));
    await clock.advance(300);
    take({
      ...GLANCE_STATES.synced,
      activity: { kind: 'syncing', by: 'auto', sinceMs: clock.now(), profiles: 9 },
    });
    expect(glances.at(-1)).toEqual({ kind: 'syncing', by: 'auto', profiles: 9 });
  });

  it('says nothing any more once it is disposed of', async () => {
    const { glances, clock, take, dispose } = shown();
    take(GLANCE_STATES.synced);
    take(syncingSince(clock.now()));
    dispose();
    dispose();
    expect(clock.timers).toBe(0);
    await clock.advance(1_000);
    expect(kindsOf(glances)).toEqual(['synced']);
  });
});
