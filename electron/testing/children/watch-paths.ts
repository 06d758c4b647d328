/**
 * Watches paths and writes each hint and each state as a line of JSON. Lines on its input are commands; it has to
 * end by itself after `dispose`.
 */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemClock } from '../../core/support/clock.ts';
import type { WatchedPaths } from '../../core/watch/watcher-interface.ts';
import { createWatcher } from '../../core/watch/watcher.ts';
import { fakeClock } from '../fake-clock.ts';

export interface WatchTask {
  readonly paths: WatchedPaths;
  /** `fake`: time passes by the command `advance MS`. */
  readonly clock: 'system' | 'fake';
}

const task = JSON.parse(process.argv[2] ?? '') as WatchTask;
const fake = fakeClock();

const files: number[] = [];

/** Opens files until the system gives no more. */
function exhaustFiles(): void {
  try {
    for (;;) files.push(openSync('/dev/null', 'r'));
  } catch {
    tell('exhausted');
  }
}

function tell(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const watcher = createWatcher({
  clock: task.clock === 'fake' ? fake : systemClock(),
  listeners: { onHint: (hint) => tell({ hint }), onState: (state) => tell({ state }) },
});
watcher.watch(task.paths);

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  const [command, argument = ''] = line.split(' ');
  if (command === 'advance') void fake.advance(Number(argument));
  // The limit of this process's namespace of users, not the machine's: only for a process that was given its own.
  if (command === 'limit') writeFileSync('/proc/sys/user/max_inotify_watches', argument);
  if (command === 'exhaust') exhaustFiles();
  if (command === 'release') for (const file of files.splice(0)) closeSync(file);
  if (command === 'dispose') {
    watcher.dispose();
    input.close();
    process.stdin.destroy();
  }
});
