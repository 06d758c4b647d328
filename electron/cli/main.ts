import { homedir } from 'node:os';
import { version } from '../../package.json';
import { describeError } from '../../shared/words/describe-error.ts';
import { createCore } from '../core/core.ts';
import { systemClock } from '../core/support/clock.ts';
import type { Command } from './command.ts';
import { doctorCommand } from './doctor-command.ts';
import { excludeCommand } from './exclude-command.ts';
import { ExitCode } from './exit-code.ts';
import { helpOf, helpOfCommand } from './help.ts';
import { historyCommand } from './history-command.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { profilesCommand } from './profiles-command.ts';
import { releaseCommand } from './release-command.ts';
import { statusCommand } from './status-command.ts';
import { syncCommand } from './sync-command.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { undoCommand } from './undo-command.ts';
import { UsageError } from './usage-error.ts';

const COMMANDS: readonly Command[] = [
  syncCommand,
  statusCommand,
  profilesCommand,
  historyCommand,
  undoCommand,
  excludeCommand,
  releaseCommand,
  doctorCommand,
];

/** Runs the command line; the returned code is what the process ends with. */
async function main(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === 'help') {
    terminal.print(helpOf(COMMANDS));
    return name === undefined ? ExitCode.usage : ExitCode.fine;
  }
  if (name === '--version') {
    terminal.print(version);
    return ExitCode.fine;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) throw new UsageError(`there is no command \`${name}\``);
  const line = parseCommandLine(command, rest);
  if (line.flags.has('help')) {
    terminal.print(helpOfCommand(command));
    return ExitCode.fine;
  }
  const { env, platform } = process;
  const core = createCore({ env, homedir: userHome(), platform, clock: systemClock() });
  if (!core.ok) {
    const { what, next } = describeError(core.error);
    terminal.note(`${what}\n${next}`);
    return ExitCode.failed;
  }
  return command.run({ core: core.value, terminal, ...line });
}

/** Node throws where the system knows no home folder. */
function userHome(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}

const terminal = processTerminal(process);
main(process.argv.slice(2), terminal)
  .catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    terminal.note(`${error.message}\n\`cliproxy-sync --help\` tells what there is.`);
    return ExitCode.usage;
  })
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    // A bug. Its stack holds code and paths; what the core throws holds no key.
    terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = ExitCode.failed;
  });
