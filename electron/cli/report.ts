import type { AppError } from '../../shared/errors.ts';
import { describeError } from '../../shared/words/describe-error.ts';
import type { Wording } from '../../shared/words/wording.ts';
import { ExitCode } from './exit-code.ts';
import type { ErrorEnvelope } from './json-envelope.ts';
import type { Terminal } from './terminal.ts';
import { painted } from './terminal-text.ts';

/** Where a report goes, and in which form it was asked for. */
export interface Audience {
  readonly terminal: Terminal;
  readonly flags: ReadonlySet<string>;
  /** What a person can type about an error; null where its own words are all. */
  readonly advice?: (error: AppError) => string | null;
}

type Failure = ErrorEnvelope['error'];

/** Prints an expected failure where people look for it, or as JSON where a program asked. */
export function reportError(audience: Audience, error: AppError): ExitCode {
  const { what, next } = describeForTerminal(audience, error);
  return reportFailure(audience, exitCodeOfError(error), { ...error, message: what, next });
}

/** An error in words, with the next step as a command where there is one. */
export function describeForTerminal({ advice }: Pick<Audience, 'advice'>, error: AppError): Wording {
  const { what, next } = describeError(error);
  return { what, next: advice?.(error) ?? next };
}

/** Prints any failure: what happened, then what to do. */
export function reportFailure(
  { terminal, flags }: Audience,
  exitCode: ErrorEnvelope['exitCode'],
  error: Failure,
): ExitCode {
  if (flags.has('json')) {
    terminal.printJson({ ok: false, exitCode, error } satisfies ErrorEnvelope);
  } else {
    terminal.note(painted('red', 'error:'), ` ${error.message}`);
    if (error.next !== '') terminal.note(error.next);
  }
  return exitCode;
}

/** Prints a report as JSON: `{"ok": true, "exitCode": …, "report": …}`. */
export function reportJson(terminal: Terminal, exitCode: ExitCode, report: unknown): ExitCode {
  terminal.printJson({ ok: true, exitCode, report });
  return exitCode;
}

/** What a command ends with that failed like this: a server that is away needs a person, or time. */
export function exitCodeOfError({ code }: AppError): ErrorEnvelope['exitCode'] {
  switch (code) {
    case 'unknown-profile':
    case 'unknown-target':
    case 'unknown-record':
    case 'unknown-model':
    case 'target-name-taken':
    case 'target-url-taken':
    case 'target-value-invalid':
      return ExitCode.usage;
    case 'remote-fault':
    case 'ccs-creates-target':
      return ExitCode.needsPerson;
    default:
      return ExitCode.failed;
  }
}
