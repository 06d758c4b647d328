import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as realTime } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { engineHome, must } from '../../testing/engine-home.ts';
import { heapUsed, openThings } from '../../testing/growth.ts';
import { hintSource } from '../../testing/hint-source.ts';
import { liveHome, localTarget } from '../../testing/live-home.ts';
import { rounds } from '../../testing/nightly.ts';
import {
  EVENTS,
  HEAD,
  heal,
  pick,
  randomFrom,
  save,
  type Simulation,
  wantedAndHeld,
} from '../../testing/simulated-world.ts';
import type { AppState } from '../../../shared/schema/state.ts';
import { createStateStore, type StateStore } from '../state/store.ts';
import type { Disposable } from '../support/disposable.ts';

const HOUR_MS = 3_600_000;
/** The heap is measured from then on: code is compiled and caches are filled. */
const WARM_UP_HOURS = 2;
/** In 22 hours the heap grew by 4 %, and all of that was code that V8 compiled: no object of ours was more. */
const MOST_GROWTH = 1.1;

/** Lets time pass, and real files be read and written meanwhile, until something holds. */
async function passUntil(simulation: Simulation, holds: () => boolean | Promise<boolean>): Promise<void> {
  const { clock, live, seed } = simulation;
  for (let step = 0; step < 2000; step += 1) {
    if (await holds()) return;
    await clock.advance(1000);
    await realTime(2);
  }
  throw new Error(
    `It never came to that with SEED=${seed}: ${JSON.stringify([live.state(), wantedAndHeld(simulation)], null, 1)}`,
  );
}

/** All faults gone, all questions answered: the configuration holds what the profiles ask for, and the state says so. */
async function becomesQuiet(simulation: Simulation): Promise<void> {
  const { home, live, hint } = simulation;
  heal(simulation);
  hint(null);
  await passUntil(simulation, async () => {
    const state = live.state();
    if (localTarget(state).state === 'review') {
      must(
        await live.sync({
          only: null,
          accepted: true,
          dryRun: false,
          create: false,
          targetNamed: false,
          verify: false,
        }),
      );
    }
    const { wanted, held } = wantedAndHeld(simulation);
    const { activity, autoSync } = live.state();
    const isInLine =
      ['in-sync', 'empty'].includes(localTarget(live.state()).state) && wanted.join() === held.join();
    // A pause ends by itself, too.
    return isInLine && activity.kind === 'idle' && autoSync.enabled && autoSync.pausedUntilMs === null;
  });
  expect(home.readConfig().startsWith(HEAD)).toBe(true);
  expect(localTarget(live.state())).toMatchObject({ error: null, fights: [] });
}

/** `npm test` lives the same day each time; the nightly run a new one, whose number it prints. */
function seedOfRun(): number {
  const given = process.env['SEED'];
  if (given !== undefined) return Number(given);
  const seed = rounds(20_260, randomInt(2 ** 31));
  if (process.env['NIGHTLY'] !== undefined) process.stdout.write(`A simulated day: SEED=${seed}\n`);
  return seed;
}

interface Day extends Simulation {
  readonly store: StateStore;
  /** How many hours it has; one in `npm test`. */
  readonly hours: number;
}

function beginDay(): Day {
  const [clock, source, home] = [fakeClock(), hintSource(), engineHome({ config: HEAD })];
  const stores: StateStore[] = [];
  const createStore = (initial: AppState): StateStore => {
    const store = createStateStore(initial);
    stores.push(store);
    return store;
  };
  const live = liveHome(home, { clock, createWatcher: source.make, createStore });
  const [store] = stores;
  if (store === undefined) throw new Error('An engine without a store');
  const seed = seedOfRun();
  const random = randomFrom(seed);
  const hours = rounds(1, 24);
  return { home, live, clock, hint: source.hint, seed, random, profiles: new Map(), store, hours };
}

/** Something happens every ten seconds or so; `atHour` is called once each hour, where all is quiet. */
async function pass(day: Day, atHour: (hour: number) => void): Promise<void> {
  const { home, live, clock, hint, random, hours } = day;
  const names = Object.keys(EVENTS);
  const startMs = clock.now();
  const clients: Disposable[] = [];
  let hour = 0;
  for (let step = 1; hour < hours; step += 1) {
    const name = pick(day, names);
    if (existsSync(home.ccsDirectory)) {
      const path = await EVENTS[name]?.(day);
      // One hint in four gets lost: the rescan must make up for it.
      if (path !== undefined && random() < 0.75) hint(path);
    }
    // Windows come and go.
    clients.push(live.subscribe(() => undefined));
    if (clients.length > 3) clients.shift()?.dispose();
    await clock.advance(Math.floor(random() * 20_000));
    await realTime(5);
    if (step % 8 !== 0) continue;
    await becomesQuiet(day);
    const passed = Math.floor((clock.now() - startMs) / HOUR_MS);
    if (passed > hour) atHour(passed);
    hour = passed;
  }
  for (const client of clients) client.dispose();
  await becomesQuiet(day);
}

describe('a simulated day', () => {
  it('of random edits, faults and sleeps always ends with the configuration equal to the profiles, and grows nothing', async () => {
    const day = beginDay();
    const { clock, store } = day;
    save(day, 'glm');
    await becomesQuiet(day);
    const before = { timers: clock.timers, listeners: store.listeners, open: openThings() };
    let [warmedUp, atEnd] = [0, 0];
    await pass(day, (hour) => {
      if (day.hours <= WARM_UP_HOURS) return;
      atEnd = heapUsed();
      if (hour <= WARM_UP_HOURS || warmedUp === 0) warmedUp = atEnd;
    });
    expect(store.listeners).toBe(before.listeners);
    await passUntil(day, () => clock.timers <= before.timers && openThings() <= before.open);
    expect(atEnd).toBeLessThanOrEqual(warmedUp * MOST_GROWTH);
    await day.live.shutDown();
    expect([clock.timers, store.listeners]).toEqual([0, 0]);
  });
});
