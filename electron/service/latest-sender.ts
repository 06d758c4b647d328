import type { Writable } from 'node:stream';
import type { Clock } from '../core/support/clock.ts';
import type { Disposable } from '../core/support/disposable.ts';

/** Sends whole states to one reader. A slow one misses those in between, and never makes us remember more than one. */
export interface LatestSender extends Disposable {
  send(text: string): void;
}

/** A reader that has taken nothing for this long is dropped, in milliseconds. */
export const STALLED_AFTER_MS = 60_000;

/** `stalledAfterMs`: how long a reader may take nothing before its stream is destroyed. */
export function createLatestSender(
  stream: Writable,
  { clock, stalledAfterMs = STALLED_AFTER_MS }: { readonly clock: Clock; readonly stalledAfterMs?: number },
): LatestSender {
  let waiting: string | null = null;
  let stall: Disposable | null = null;

  function write(text: string): void {
    if (stream.write(text)) return;
    stall ??= clock.setTimer(stalledAfterMs, () => void stream.destroy());
  }

  const onDrain = (): void => {
    stall?.dispose();
    stall = null;
    const text = waiting;
    waiting = null;
    if (text !== null) write(text);
  };
  stream.on('drain', onDrain);

  return {
    send: (text) => {
      if (stream.destroyed || stream.writableEnded) return;
      if (stall === null) write(text);
      else waiting = text;
    },
    dispose: () => {
      stream.off('drain', onDrain);
      stall?.dispose();
      stall = null;
      waiting = null;
    },
  };
}
