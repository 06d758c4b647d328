import type { Command } from './command.ts';
import { doctorCommand } from './doctor-command.ts';
import { excludeCommand } from './exclude-command.ts';
import { historyCommand } from './history-command.ts';
import { profilesCommand } from './profiles-command.ts';
import { releaseCommand } from './release-command.ts';
import { serveCommand } from './serve-command.ts';
import { statusCommand } from './status-command.ts';
import { syncCommand } from './sync-command.ts';
import { undoCommand } from './undo-command.ts';
import { watchCommand } from './watch-command.ts';

/** All commands, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [
  syncCommand,
  statusCommand,
  profilesCommand,
  historyCommand,
  undoCommand,
  excludeCommand,
  releaseCommand,
  doctorCommand,
  watchCommand,
  serveCommand,
];
