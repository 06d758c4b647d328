import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

/** What happens to a scheduler, each `[atMs, what]`, and when it runs because of that. */
interface Row {
  readonly name: string;
  readonly events: readonly (readonly [
    atMs: number,
    what: 'hint' | 'runNow' | 'pause' | 'resume' | 'dispose',
  ])[];
  readonly runsMs: readonly number[];
  /** How long each run takes. */
  readonly takesMs?: number;
}

function hints(fromMs: number, toMs: number, everyMs: number): Row['events'] {
  const count = Math.floor((toMs - fromMs) / everyMs) + 1;
  return Array.from({ length: count }, (_, index) => [fromMs + index * everyMs, 'hint'] as const);
}

const TABLE: readonly Row[] = [
  { name: 'does nothing where no hint comes', events: [], runsMs: [] },
  { name: 'runs after the quiet time', events: [[0, 'hint']], runsMs: [250] },
  { name: 'begins the quiet time anew with each hint', events: hints(0, 400, 200), runsMs: [650] },
  {
    name: 'runs once for hints at the same moment',
    events: [
      [0, 'hint'],
      [0, 'hint'],
    ],
    runsMs: [250],
  },
  {
    name: 'runs for each hint that comes after the quiet time',
    events: hints(0, 600, 300),
    runsMs: [250, 550, 850],
  },
  {
    name: 'runs at most 2 s after the first hint of a steady stream',
    events: hints(0, 4900, 50),
    runsMs: [2000, 4000, 5150],
  },
  {
    name: 'queues exactly one more for the hints during a run',
    events: [[0, 'hint'], ...hints(300, 900, 50)],
    runsMs: [250, 1250],
    takesMs: 1000,
  },
  {
    name: 'still waits for quiet after a run',
    events: [
      [0, 'hint'],
      [1200, 'hint'],
    ],
    runsMs: [250, 1450],
    takesMs: 1000,
  },
  {
    name: 'counts the 2 s from the first hint during a run',
    events: [[0, 'hint'], ...hints(300, 4000, 100)],
    runsMs: [250, 3250, 6250],
    takesMs: 3000,
  },
  { name: 'runs at once when asked', events: [[100, 'runNow']], runsMs: [100] },
  {
    name: 'runs once for a hint and a wish',
    events: [
      [0, 'hint'],
      [100, 'runNow'],
    ],
    runsMs: [100],
  },
  {
    name: 'runs once after the present run for many wishes',
    events: [
      [0, 'runNow'],
      [10, 'runNow'],
      [20, 'runNow'],
      [30, 'hint'],
    ],
    runsMs: [0, 1000],
    takesMs: 1000,
  },
  {
    name: 'does not run while paused',
    events: [
      [0, 'hint'],
      [100, 'pause'],
      [200, 'hint'],
    ],
    runsMs: [],
  },
  {
    name: 'makes up for what came while paused',
    events: [
      [0, 'pause'],
      [100, 'hint'],
      [5000, 'resume'],
    ],
    runsMs: [5250],
  },
  {
    name: 'does not run after a pause without hints',
    events: [
      [0, 'pause'],
      [5000, 'resume'],
    ],
    runsMs: [],
  },
  {
    name: 'keeps a hint of a run in which it was paused',
    events: [
      [0, 'runNow'],
      [100, 'hint'],
      [200, 'pause'],
      [5000, 'resume'],
    ],
    runsMs: [0, 5250],
    takesMs: 1000,
  },
  {
    name: 'runs while paused when asked',
    events: [
      [0, 'pause'],
      [100, 'runNow'],
    ],
    runsMs: [100],
  },
  {
    name: 'does not run after it was disposed of',
    events: [
      [0, 'hint'],
      [100, 'dispose'],
      [150, 'hint'],
      [200, 'runNow'],
    ],
    runsMs: [],
  },
  {
    name: 'does not run once more after it was disposed of',
    events: [
      [0, 'runNow'],
      [100, 'hint'],
      [110, 'runNow'],
      [200, 'dispose'],
    ],
    runsMs: [0],
    takesMs: 1000,
  },
];

describe('createScheduler', () => {
  it.each(TABLE)('$name', async ({ events, runsMs, takesMs = 0 }) => {
    const clock = fakeClock();
    const startMs = clock.now();
    const runs: number[] = [];
    let overlapping = 0;
    const scheduler = createScheduler({
      clock,
      quietMs: 250,
      mostMs: 2000,
      run: async () => {
        overlapping += 1;
        expect(overlapping).toBe(1);
        runs.push(clock.now() - startMs);
        if (takesMs > 0) await new Promise<void>((resolve) => clock.setTimer(takesMs, resolve));
        overlapping -= 1;
      },
    });
    for (const [atMs, what] of events) {
      await clock.advance(startMs + atMs - clock.now());
      void scheduler[what]();
    }
    await clock.advance(10_000);
    expect(runs).toEqual(runsMs);
    expect(clock.timers).toBe(0);
  });

  function counting(run: (count: number) => Promise<void>): {
    scheduler: Scheduler;
    clock: ReturnType<typeof fakeClock>;
  } {
    const clock = fakeClock();
    let count = 0;
    return {
      clock,
      scheduler: createScheduler({ clock, quietMs: 250, mostMs: 2000, run: () => run(++count) }),
    };
  }

  it('tells when the wished run has ended, not the one before', async () => {
    const ended: number[] = [];
    const { scheduler, clock } = counting(async (count) => {
      await clock.sleep(10);
      ended.push(count);
    });
    void scheduler.runNow();
    await scheduler.runNow();
    expect(ended).toEqual([1, 2]);
  });

  it('goes on after a run that failed', async () => {
    const runs: number[] = [];
    const { scheduler, clock } = counting((count) => {
      runs.push(count);
      return count === 1 ? Promise.reject(new Error('a bug')) : Promise.resolve();
    });
    await expect(scheduler.runNow()).rejects.toThrow('a bug');
    scheduler.hint();
    await clock.advance(250);
    expect(runs).toEqual([1, 2]);
  });

  it('does not wait longer where the clock is set back', async () => {
    let runs = 0;
    const { scheduler, clock } = counting(() => Promise.resolve(void (runs += 1)));
    scheduler.hint();
    await clock.leap(-3_600_000);
    scheduler.hint();
    await clock.advance(250);
    expect(runs).toBe(1);
  });

  it('takes another quiet time at once', async () => {
    let runs = 0;
    const { scheduler, clock } = counting(() => Promise.resolve(void (runs += 1)));
    scheduler.hint();
    scheduler.setQuietMs(1000);
    await clock.advance(999);
    expect(runs).toBe(0);
    await clock.advance(1);
    expect(runs).toBe(1);
  });
});
