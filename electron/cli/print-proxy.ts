import type { ProxyObservation } from '../../shared/schema/observation.ts';
import { describeProxy } from '../../shared/words/describe-proxy.ts';
import type { Terminal } from './terminal.ts';
import { painted } from './terminal-text.ts';

/** What was seen of the running proxy, and what to do about it. */
export function printProxy(terminal: Terminal, observation: ProxyObservation, onServer = false): void {
  const { what, next } = describeProxy(observation, onServer);
  terminal.print(observation.state === 'not-loaded' ? painted('yellow', what) : what);
  if (next !== null) terminal.print(`  ${next}`);
}
