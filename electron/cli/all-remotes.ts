import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { RemoteTarget } from '../../shared/schema/remote.ts';
import type { CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import type { RemoteError } from './json-envelope.ts';
import { describeForTerminal, exitCodeOfError, reportJson } from './report.ts';
import { painted } from './terminal-text.ts';

/** What came of one server, for the report of a command that asked several. */
export type RemoteResult<T> = { readonly target: string; readonly name: string } & (
  { readonly ok: true; readonly report: T } | { readonly ok: false; readonly error: RemoteError }
);

export function remoteResult<T>(
  input: Pick<CommandInput, 'advice'>,
  { id, name }: RemoteTarget,
  result: Result<T, AppError>,
): RemoteResult<T> {
  if (result.ok) return { target: id, name, ok: true, report: result.value };
  const { what, next } = describeForTerminal(input, result.error);
  return { target: id, name, ok: false, error: { ...result.error, message: what, next } };
}

/** The code that says most: failed, then needs a person. A wrong word counts as a failure of the whole. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  const order = [ExitCode.failed, ExitCode.usage, ExitCode.needsPerson];
  return order.find((code) => codes.includes(code)) ?? ExitCode.fine;
}

/** What a command found at the local file and at the servers. */
export interface AllResults<T> {
  readonly local: Result<T, AppError>;
  readonly remotes: readonly (readonly [RemoteTarget, Result<T, AppError>])[];
  /** Servers that are paused, which were not asked. */
  readonly paused: readonly RemoteTarget[];
  /** The local file is no concern of a machine that syncs servers only. */
  readonly isLocalUnused: boolean;
}

/** As JSON: the local report, or its error, with what came of the servers in it. */
export function reportAllJson<T>(
  input: CommandInput,
  { local, remotes, paused, isLocalUnused }: AllResults<T>,
  exitCodeOf: (report: T) => ExitCode,
): ExitCode {
  const counted = [...(isLocalUnused ? [] : [local]), ...remotes.map(([, result]) => result)];
  const codes = counted.map((result) =>
    result.ok ? exitCodeOf(result.value) : exitCodeOfError(result.error),
  );
  const exitCode = worstOf(codes);
  const told = {
    remotes: remotes.map(([target, result]) => remoteResult(input, target, result)),
    paused: paused.map(({ id }) => id),
  };
  if (local.ok) return reportJson(input.terminal, exitCode, { ...local.value, ...told });
  const { what, next } = describeForTerminal(input, local.error);
  const error = { ...local.error, message: what, next, ...told };
  input.terminal.printJson({ ok: false, exitCode, error });
  return exitCode;
}

/** Heads what follows about one server. */
export function printHeading({ terminal }: CommandInput, name: string): void {
  terminal.print('');
  terminal.print(painted('bold', name));
}
