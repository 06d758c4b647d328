import type { Command, CommandEntry } from './command.ts';
import { syncCommand } from './sync-command.ts';

/**
 * All commands, in the order in which the help lists them. Each is loaded when it is called; only `sync`, the most
 * frequent one, is part of the first file, since opening another takes as long as reading it.
 */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'sync',
    summary: 'Write what the profiles ask for into the proxy’s configuration, and check that it has it.',
    load: () => Promise.resolve(syncCommand),
  },
  {
    name: 'status',
    summary: 'Say whether profiles, configuration and running proxy agree, and change nothing.',
    load: async () => (await import('./status-command.ts')).statusCommand,
  },
  {
    name: 'targets',
    summary: 'List the servers that are synced, too; add, change, test, pause or remove one.',
    load: async () => (await import('./targets-command.ts')).targetsCommand,
  },
  {
    name: 'profiles',
    summary: 'List the profiles, where each stands, and why one is skipped.',
    load: async () => (await import('./profiles-command.ts')).profilesCommand,
  },
  {
    name: 'catalog',
    summary: 'List the models that are known; fetch them from the proxy anew; forget them; show one.',
    load: async () => (await import('./catalog-command.ts')).catalogCommand,
  },
  {
    name: 'history',
    summary: 'List the changes made; show one; bring back what others took out; remove what is kept.',
    load: async () => (await import('./history-command.ts')).historyCommand,
  },
  {
    name: 'undo',
    summary: 'Take back the latest change, or one of the history, or all since before the first sync.',
    load: async () => (await import('./undo-command.ts')).undoCommand,
  },
  {
    name: 'exclude',
    summary: 'Keep profiles out of the sync, or list those that are.',
    load: async () => (await import('./exclude-command.ts')).excludeCommand,
  },
  {
    name: 'release',
    summary: 'Stop managing the configuration; its entries stay, or are taken out.',
    load: async () => (await import('./release-command.ts')).releaseCommand,
  },
  {
    name: 'doctor',
    summary: 'Check every file, permission, port and mapping, and say how to mend what is wrong.',
    load: async () => (await import('./doctor-command.ts')).doctorCommand,
  },
  {
    name: 'watch',
    summary: 'Sync by itself whenever a profile changes, until it is ended.',
    load: async () => (await import('./watch-command.ts')).watchCommand,
  },
  {
    name: 'serve',
    summary: 'As watch, and serve the page and scripts over HTTP.',
    load: async () => (await import('./serve-command.ts')).serveCommand,
  },
];

/** The command of that name; undefined where there is none. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  const entry = COMMANDS.find((one) => one.name === name);
  return entry && { ...entry, ...(await entry.load()) };
}
