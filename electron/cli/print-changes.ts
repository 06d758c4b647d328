import {
  describeAutoSync,
  describeDrift,
  describeFight,
  describeTarget,
  describeWatcher,
  describeWritten,
} from '../../shared/words/describe-change.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { LiveCore } from '../core/live-core.ts';
import type { Disposable } from '../core/support/disposable.ts';
import { createChangeTeller, type StateChange } from '../service/state-changes.ts';
import type { ChangeLine } from './change-line.ts';
import type { CommandInput } from './command.ts';

/** Prints one line for each thing that changes; with --json a JSON object each. */
export function printChanges({ terminal, flags, deps }: CommandInput, live: LiveCore): Disposable {
  const timeOf = (moment: number): string => new Date(moment).toTimeString().slice(0, 8);
  const changesOf = createChangeTeller();
  // One after the other: what was written is looked up in the history.
  let lines: Promise<void> = Promise.resolve();

  async function print(change: StateChange): Promise<void> {
    const time = deps.clock.now();
    if (flags.has('json')) {
      const line: ChangeLine = { time: new Date(time).toISOString(), ...change };
      terminal.print(JSON.stringify(line));
      return;
    }
    // A journal of the system brings its own times.
    const stamp = terminal.interactive ? `${timeOf(time)} ` : '';
    terminal.print(`${stamp}${named(change, await describe(change))}`);
  }

  async function describe(change: StateChange): Promise<string> {
    switch (change.kind) {
      case 'written': {
        const record = await live.historyRecord(change.record, change.target);
        return describeWritten(change.record, record.ok ? record.value.operations : []);
      }
      case 'target':
        return describeTarget(change.target);
      case 'drift':
        return describeDrift(change.drift);
      case 'fight':
        return describeFight(change.fight);
      case 'watcher':
        return describeWatcher(change.watcher);
      case 'auto-sync':
        return describeAutoSync(change.autoSync, timeOf);
    }
  }

  /** Whose change it is, where it is not the local file's. */
  function named(change: StateChange, what: string): string {
    if (!('target' in change)) return what;
    const id = typeof change.target === 'string' ? change.target : change.target.id;
    const target = live.state().targets.find((one) => one.id === id);
    return target === undefined || target.remote === null
      ? what
      : m.change_of_target({ name: target.name, what });
  }

  return live.subscribe((state) => {
    for (const change of changesOf(state)) lines = lines.then(() => print(change));
  });
}
