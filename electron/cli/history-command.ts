import type { HistoryEntry } from '../../shared/schema/history.ts';
import { type Command, type CommandInput, reportError, reportJson } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { printOperations } from './print-plan.ts';
import { printTable } from './print-table.ts';
import { recordId } from './record-id.ts';
import { DRY_RUN_OPTION, YES_OPTION } from './shared-options.ts';
import { reportUndo } from './undo-command.ts';
import { UsageError } from './usage-error.ts';

export const historyCommand: Command = {
  name: 'history',
  usage: '[show ID | restore [ID] | purge]',
  summary: 'List the changes made; show one; bring back what others took out; remove what is kept.',
  mostNames: 2,
  options: {
    'dry-run': DRY_RUN_OPTION,
    yes: YES_OPTION,
    first: { value: null, help: 'purge: also the file as it was before the first sync' },
  },
  run: async (input) => {
    const [action, id] = input.names;
    switch (action) {
      case undefined:
        return list(input);
      case 'show':
        return show(input, recordId(id));
      case 'restore': {
        const { flags, core } = input;
        const request = { dryRun: flags.has('dry-run'), accepted: flags.has('yes') };
        return reportUndo(input, await core.restoreLost(id === undefined ? null : recordId(id), request));
      }
      case 'purge':
        if (id !== undefined) throw new UsageError('purge takes no ID');
        return purge(input);
      default:
        throw new UsageError(`history knows no \`${action}\``);
    }
  },
};

async function list(input: CommandInput): Promise<ExitCode> {
  const report = await input.core.history();
  if (!report.ok) return reportError(input, report.error);
  const { records, first } = report.value;
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, report.value);
  if (records.length === 0) input.terminal.print('Nothing was changed yet.');
  else printTable(input.terminal, [['ID', 'TIME', 'WHAT', 'CHANGES'], ...records.map(row)]);
  if (first) input.terminal.print(input.terminal.paint('dim', '`undo first` restores the file as before the first sync.'));
  return ExitCode.fine;
}

function row({ id, time, kind, undoes, operations }: HistoryEntry): string[] {
  const what = undoes === null ? kind : undoes === 0 ? `${kind} of all` : `${kind} of ${undoes}`;
  const counts = (['add', 'update', 'adopt', 'remove', 'restore'] as const).flatMap((op) => {
    const names = operations.filter((operation) => operation.op === op).map(({ profile, prefix }) => profile || prefix);
    return names.length === 0 ? [] : [`${op} ${names.length > 3 ? `${names.length} entries` : names.join(', ')}`];
  });
  return [String(id), time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'), what, counts.join('; ')];
}

async function show(input: CommandInput, id: number): Promise<ExitCode> {
  const record = await input.core.historyRecord(id);
  if (!record.ok) return reportError(input, record.error);
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, record.value);
  const { time, kind, path, operations, hashBefore, hashAfter } = record.value;
  input.terminal.print(input.terminal.paint('bold', `${kind} ${id}, ${time}`));
  input.terminal.print(input.terminal.paint('dim', `${path}  ${hashBefore.slice(0, 8)} -> ${hashAfter.slice(0, 8)}`));
  printOperations(input.terminal, operations);
  return ExitCode.fine;
}

async function purge(input: CommandInput): Promise<ExitCode> {
  const { core, terminal, flags } = input;
  const first = flags.has('first');
  if (first && !flags.has('yes')) {
    const agreed = await terminal.agrees('Remove the file as it was before the first sync, too? It can’t be restored then.');
    if (!agreed) {
      terminal.note('Nothing was removed. With --yes, or on a terminal, the first copy can be removed as well.');
      return ExitCode.needsPerson;
    }
  }
  const purged = await core.purgeHistory(first);
  if (!purged.ok) return reportError(input, purged.error);
  if (flags.has('json')) return reportJson(terminal, ExitCode.fine, { removed: purged.value });
  terminal.print(purged.value === 1 ? '1 record removed.' : `${purged.value} records removed.`);
  return ExitCode.fine;
}
