import type { AppError } from '../../shared/errors.ts';
import { describeError } from '../../shared/words/describe-error.ts';
import type { Core } from '../core/core.ts';
import { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** An option of a command: a flag, or one that takes a value (named in capitals in the help). */
export interface OptionSpec {
  readonly value: string | null;
  readonly help: string;
}

/** What a command was called with. */
export interface CommandInput {
  readonly core: Core;
  readonly terminal: Terminal;
  readonly names: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

export interface Command {
  readonly name: string;
  /** The words behind the name: `[NAME…]`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** At most this many words may follow; null for any number. */
  readonly mostNames: number | null;
  run(input: CommandInput): Promise<ExitCode>;
}

/** Prints a failure where people look for it, or as JSON where a program asked. */
export function reportError({ terminal, flags }: CommandInput, error: AppError): ExitCode {
  const words = describeError(error);
  if (flags.has('json')) {
    printJson(terminal, { ok: false, exitCode: ExitCode.failed, error: { ...error, message: words.what, next: words.next } });
  } else {
    terminal.note(`${terminal.paint('red', 'error:')} ${words.what}`);
    if (words.next !== '') terminal.note(words.next);
  }
  return ExitCode.failed;
}

/** Prints a report as JSON: `{"ok": true, "exitCode": …, "report": …}`. */
export function reportJson(terminal: Terminal, exitCode: ExitCode, report: unknown): ExitCode {
  printJson(terminal, { ok: exitCode !== ExitCode.failed, exitCode, report });
  return exitCode;
}

function printJson(terminal: Terminal, value: unknown): void {
  terminal.print(JSON.stringify(value, null, 2));
}
