import type { CommandBody } from './command.ts';

export const VERBOSE_LOG = { value: null, help: 'write details into the log' } as const;

export const watchCommand: CommandBody = {
  usage: '',
  mostNames: 0,
  options: { verbose: VERBOSE_LOG },
  alone: true,
  // Loaded on its own: the other commands start without a watcher and servers.
  run: async (input) => (await import('./run-watch.ts')).runWatch(input),
};
