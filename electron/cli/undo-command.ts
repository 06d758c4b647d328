import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { UndoReport } from '../../shared/schema/undo.ts';
import { describeUndo } from '../../shared/words/describe-undo.ts';
import { type Command, type CommandInput, reportError, reportJson } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { recordId } from './record-id.ts';
import { printOperations } from './print-plan.ts';
import { DRY_RUN_OPTION, YES_OPTION } from './shared-options.ts';

export const undoCommand: Command = {
  name: 'undo',
  usage: '[ID | first]',
  summary: 'Take back the latest change, or one of the history, or all since before the first sync.',
  mostNames: 1,
  options: { 'dry-run': DRY_RUN_OPTION, yes: YES_OPTION },
  run: async (input) => {
    const [which] = input.names;
    const { core, flags, terminal } = input;
    const undo = (accepted: boolean): Promise<Result<UndoReport, AppError>> => {
      const request = { dryRun: flags.has('dry-run'), accepted };
      if (which === 'first') return core.restoreFirst(request);
      return core.undo(which === undefined ? null : recordId(which), request);
    };
    const first = await undo(flags.has('yes'));
    if (!first.ok || first.value.outcome !== 'needs-consent' || flags.has('json') || !terminal.interactive) {
      return reportUndo(input, first);
    }
    printOutside(input, first.value);
    return reportUndo(input, (await terminal.agrees('Restore it all the same?')) ? await undo(true) : first);
  },
};

/** Prints what an undo, a release or a restoration did. */
export function reportUndo(input: CommandInput, result: Result<UndoReport, AppError>): ExitCode {
  if (!result.ok) return reportError(input, result.error);
  const { terminal, flags } = input;
  const report = result.value;
  const exitCode =
    report.outcome === 'needs-consent' || report.changedSince.length > 0 ? ExitCode.needsPerson : ExitCode.fine;
  if (flags.has('json')) return reportJson(terminal, exitCode, report);
  const headline = describeUndo(report);
  terminal.print(terminal.paint('bold', headline.what));
  if (headline.next !== null) terminal.print(headline.next);
  printOperations(terminal, report.operations);
  if (report.outcome === 'needs-consent') printOutside(input, report);
  if (report.changedSince.length > 0) {
    terminal.note(`Changed since, and left alone: ${report.changedSince.join(', ')}`);
  }
  return exitCode;
}

function printOutside({ terminal }: CommandInput, { outside }: UndoReport): void {
  terminal.note('Others changed the file since. This would be lost:');
  const signs = { added: '-', removed: '+', changed: '~' } as const;
  for (const { key, change } of outside) terminal.note(`  ${signs[change]} ${key}`);
}
