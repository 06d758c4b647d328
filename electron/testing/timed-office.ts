import { setTimeout as realTime } from 'node:timers/promises';
import type { RemoteTarget } from '../../shared/schema/remote.ts';
import type { TargetState } from '../../shared/schema/state.ts';
import type { LiveCore } from '../core/live-core.ts';
import type { Clock } from '../core/support/clock.ts';
import { envOf } from './engine-home.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { hintSource } from './hint-source.ts';
import { officeHome, type OfficeHome, targetOf } from './office-home.ts';
import type { FaultyRemoteOptions } from './open-faulty-remote.ts';

export const MINUTE_MS = 60_000;

/** A living engine whose time passes only where a test lets it. */
export interface TimedOffice extends OfficeHome {
  readonly engine: LiveCore;
  readonly clock: FakeClock;
  readonly setNetwork: (mark: string) => void;
  /** The server as it stands in the state. */
  readonly office: () => TargetState;
  /** Saves a profile, and says where. */
  readonly save: (name: string, over?: Readonly<Record<string, unknown>>) => void;
  /** Lets no time pass but what it takes to read and write, until something holds. */
  readonly until: (holds: () => boolean) => Promise<void>;
  /** Lets time pass, and all be done that is begun meanwhile. */
  readonly pass: (delayMs: number) => Promise<void>;
}

/** Its first sync is yet to come. */
export async function timedOffice(
  over: Partial<RemoteTarget> = {},
  options: Partial<FaultyRemoteOptions> = {},
): Promise<TimedOffice> {
  const laid = await officeHome({ mode: over.mode ?? 'auto' }, ['glm'], options);
  const clock = fakeClock();
  const { make, hint } = hintSource();
  let network = 'at home';
  const patient: Clock = {
    now: () => clock.now(),
    setTimer: (delayMs, callback) => clock.setTimer(delayMs, callback),
    // Who waits for a lock lets the one who has it read and write: else all the fake time would be slept away meanwhile.
    sleep: async (delayMs) => {
      await realTime(1);
      await clock.sleep(delayMs);
    },
  };
  const engine = laid.live({
    clock: patient,
    createWatcher: make,
    network: () => network,
    random: () => 0.5,
  });
  const current = (): TargetState => targetOf(engine.state());
  const until: TimedOffice['until'] = async (holds) => {
    while (!holds()) {
      await clock.advance(0);
      await realTime(2);
    }
  };
  const isQuiet = (): boolean => engine.state().activity.kind === 'idle' && current().remote?.busy === false;
  return {
    ...laid,
    engine,
    clock,
    setNetwork: (mark) => (network = mark),
    office: current,
    save: (name, more = {}) => hint(laid.home.profile(name, envOf(name, more))),
    until,
    pass: async (delayMs) => {
      const endMs = clock.now() + delayMs;
      while (clock.now() < endMs) {
        await clock.advance(Math.min(2500, endMs - clock.now()));
        await realTime(2);
        await until(isQuiet);
      }
    },
  };
}

/** Once its first sync is over. */
export async function syncedOffice(...given: Parameters<typeof timedOffice>): Promise<TimedOffice> {
  const at = await timedOffice(...given);
  await at.until(() => at.office().state === 'in-sync' && at.office().remote?.busy === false);
  return at;
}
