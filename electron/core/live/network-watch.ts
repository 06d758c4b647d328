import { networkInterfaces } from 'node:os';
import type { Clock } from '../support/clock.ts';
import type { Disposable } from '../support/disposable.ts';

/** Asking the system costs nothing against the five minutes that a server might be waited for. */
const TICK_MS = 5000;
/** A tick that is later than this was held up by a sleep of the machine. */
const JUMP_MS = 5000;

export interface NetworkWatch extends Disposable {
  /** Whether somebody waits for the network: else nothing is looked at. */
  setNeeded(needed: boolean): void;
}

/**
 * Tells that a server which was away may be back: the machine has other addresses than before, or slept. No host has
 * to tell us, so that it works for all of them.
 */
export function createNetworkWatch(options: {
  readonly clock: Clock;
  /** Differs where the machine's addresses do. */
  readonly mark: () => string;
  readonly onChange: () => void;
}): NetworkWatch {
  const { clock, mark, onChange } = options;
  let timer: Disposable | null = null;
  let seen = '';

  function arm(): void {
    const dueMs = clock.now() + TICK_MS;
    timer = clock.setTimer(TICK_MS, () => {
      const before = seen;
      seen = mark();
      const isNews = seen !== before || clock.now() - dueMs > JUMP_MS;
      arm();
      if (isNews) onChange();
    });
  }

  function stop(): void {
    timer?.dispose();
    timer = null;
  }

  return {
    setNeeded: (needed) => {
      if (needed === (timer !== null)) return;
      stop();
      if (!needed) return;
      seen = mark();
      arm();
    },
    dispose: stop,
  };
}

/** The addresses of this machine, without those that only it sees. */
export function addressMark(): string {
  const addresses = Object.entries(networkInterfaces()).flatMap(([name, all]) =>
    (all ?? []).flatMap(({ address, internal }) => (internal ? [] : [`${name} ${address}`])),
  );
  return addresses.sort().join('\n');
}
