import { homedir } from 'node:os';
import { version } from '../../package.json';
import type { AppError } from '../../shared/errors.ts';
import * as m from '../../shared/words/generated/messages.js';
import { type Core, createCore } from '../core/core.ts';
import { systemClock } from '../core/support/clock.ts';
import type { Hello } from '../service/socket-protocol.ts';
import { attach } from './attach.ts';
import { COMMANDS, loadCommand } from './commands.ts';
import type { Command, CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { helpOf, helpOfCommand } from './help.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { type Audience, reportError, reportFailure } from './report.ts';
import { adviceOn } from './target-advice.ts';
import { processTerminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Runs the command line; the returned code is what the process ends with. Throws `UsageError`. */
async function main(words: readonly string[], { terminal }: Audience): Promise<ExitCode> {
  const show = (lines: readonly string[]): void => lines.forEach((line) => terminal.print(line));
  const [name, ...rest] = words;
  switch (name) {
    case undefined:
      show(helpOf(COMMANDS));
      return ExitCode.usage;
    case 'help':
    case '--help':
    case '-h': {
      const [about] = rest;
      show(about === undefined ? helpOf(COMMANDS) : helpOfCommand(await commandOf(about)));
      return ExitCode.fine;
    }
    case '--version':
      terminal.print(version);
      return ExitCode.fine;
  }
  const command = await commandOf(name);
  const line = parseCommandLine(command, rest);
  if (line.flags.has('help')) {
    show(helpOfCommand(command));
    return ExitCode.fine;
  }
  const { env, platform } = process;
  const deps = { env, homedir: userHome(), platform, clock: systemClock() };
  const core = createCore(deps);
  if (!core.ok) return reportError({ terminal, flags: line.flags }, core.error);
  const common = { deps, signals: process, terminal, ...line };
  const inputFor = (core: Core, service: Hello | null): CommandInput => {
    const advice = (error: AppError): string | null => adviceOn(error, { ...common, service });
    return { ...common, core, service, advice };
  };
  if (command.alone === true) return command.run(inputFor(core.value, null));
  const attachment = await attach(core.value, { deps, terminal });
  try {
    const { core, service } = attachment;
    return await command.run(inputFor(core, service));
  } finally {
    attachment.dispose();
  }
}

async function commandOf(name: string): Promise<Command> {
  const command = await loadCommand(name);
  if (command !== undefined) return command;
  if (name.startsWith('-'))
    throw new UsageError(`options stand behind a command, and \`${name}\` comes first`);
  throw new UsageError(`there is no command \`${name}\``);
}

/** Node throws where the system knows no home folder. */
function userHome(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}

/** What went wrong before or outside of a command's own report. */
function reportThrown(error: unknown, audience: Audience): ExitCode {
  if (error instanceof UsageError) {
    const next = m.cli_usage_next();
    return reportFailure(audience, ExitCode.usage, { code: 'usage', message: error.message, next });
  }
  // Its stack holds code and paths; what the core throws holds no key.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  for (const line of stack.split('\n')) audience.terminal.note(line);
  const words = { message: m.cli_bug(), next: m.cli_bug_next() };
  return reportFailure(audience, ExitCode.failed, { code: 'bug', ...words });
}

const words = process.argv.slice(2);
const options = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined);
const audience: Audience = {
  terminal: processTerminal(process),
  flags: new Set(options.includes('--json') ? ['json'] : []),
};
main(words, audience)
  .catch((error: unknown) => reportThrown(error, audience))
  .then(
    (code) => (process.exitCode ??= code),
    (error: unknown) => {
      process.exitCode = ExitCode.failed;
      throw error;
    },
  );
