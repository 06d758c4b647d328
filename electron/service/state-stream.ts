import type { ServerResponse } from 'node:http';
import type { Clock } from '../core/support/clock.ts';
import type { Disposable } from '../core/support/disposable.ts';
import { createLatestSender } from './latest-sender.ts';
import type { StateSource, StateText } from './state-text.ts';

/** So that both ends notice a connection that is no more, in milliseconds. */
const HEARTBEAT_MS = 15_000;

export interface StreamSource {
  readonly states: StateSource;
  readonly stateText: StateText;
  readonly clock: Clock;
  readonly stalledAfterMs?: number;
}

/**
 * Sends whole states as Server-Sent Events until the client goes. A state that a slow client has not taken is
 * replaced by the next one. `onEnd` is called once.
 */
export function streamStates(response: ServerResponse, source: StreamSource, onEnd: () => void): void {
  const { states, stateText, clock } = source;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  const sender = createLatestSender(response, source);
  let heartbeat: Disposable | null = null;
  const beat = (): void => {
    heartbeat = clock.setTimer(HEARTBEAT_MS, () => {
      if (!response.writableNeedDrain) response.write(': still here\n\n');
      beat();
    });
  };
  beat();
  const subscription = states.subscribe((state) => {
    sender.send(`event: state\nid: ${state.revision}\ndata: ${stateText(state)}\n\n`);
  });
  response.once('close', () => {
    subscription.dispose();
    heartbeat?.dispose();
    sender.dispose();
    onEnd();
  });
}
