import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { UndoReport } from '../../shared/schema/undo.ts';
import { describeUndo } from '../../shared/words/describe-undo.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { CommandBody, CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { chosenTarget } from './find-target.ts';
import { printOperations } from './print-plan.ts';
import { printProxy } from './print-proxy.ts';
import { recordId } from './record-id.ts';
import { reportError, reportJson } from './report.ts';
import { DRY_RUN_OPTION, TARGET_OPTION, YES_OPTION } from './shared-options.ts';
import { painted } from './terminal-text.ts';

export const undoCommand: CommandBody = {
  usage: '[ID | first]',
  mostNames: 1,
  options: { 'dry-run': DRY_RUN_OPTION, yes: YES_OPTION, target: TARGET_OPTION },
  run: async (input) => {
    const [which] = input.names;
    const { core, flags, terminal } = input;
    const target = chosenTarget(input);
    if (!target.ok) return reportError(input, target.error);
    const id = which === undefined || which === 'first' ? null : recordId(which);
    const undo = (accepted: boolean): Promise<Result<UndoReport, AppError>> => {
      const request = { target: target.value, dryRun: flags.has('dry-run'), accepted };
      const work = which === 'first' ? core.restoreFirst(request) : core.undo(id, request);
      return terminal.during(m.cli_undoing(), work);
    };
    const first = await undo(flags.has('yes'));
    const asks =
      first.ok && first.value.outcome === 'needs-consent' && !flags.has('json') && terminal.interactive;
    if (!asks) return reportUndo(input, first);
    print(input, first.value, { asking: true });
    if (await terminal.agrees(m.cli_undo_all_the_same())) return reportUndo(input, await undo(true));
    terminal.note(m.cli_nothing_written());
    return ExitCode.needsPerson;
  },
};

/** Says what an undo, a release or a restoration did. */
export function reportUndo(input: CommandInput, result: Result<UndoReport, AppError>): ExitCode {
  if (!result.ok) return reportError(input, result.error);
  const exitCode = exitCodeOf(result.value);
  if (input.flags.has('json')) return reportJson(input.terminal, exitCode, result.value);
  print(input, result.value, { asking: false });
  return exitCode;
}

function exitCodeOf({ outcome, changedSince, proxy }: UndoReport): ExitCode {
  const open = outcome === 'needs-consent' || changedSince.length > 0 || proxy?.state === 'not-loaded';
  return open ? ExitCode.needsPerson : ExitCode.fine;
}

/** `asking`: a question follows, which takes the place of the next step. */
function print(
  { terminal }: CommandInput,
  report: UndoReport,
  { asking }: { readonly asking: boolean },
): void {
  const { what, next } = describeUndo(report);
  terminal.print(painted('bold', what));
  if (next !== null && !asking) terminal.print(next);
  printOperations(terminal, report.operations);
  if (report.outcome === 'needs-consent' || report.outcome === 'planned') {
    const signs = { added: '-', removed: '+', changed: '~' } as const;
    for (const { key, change } of report.outside) terminal.print(`${signs[change]} ${key}`);
  }
  if (report.proxy !== null) printProxy(terminal, report.proxy);
}
