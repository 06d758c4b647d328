import type { HistoryEntry } from '../../shared/schema/history.ts';
import { LOCAL_TARGET } from '../../shared/schema/remote.ts';
import * as m from '../../shared/words/generated/messages.js';
import { shellCommand } from '../../shared/words/shell-word.ts';
import type { CommandBody, CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { chosenTarget } from './find-target.ts';
import type { PurgeReport } from './json-envelope.ts';
import { printOperations } from './print-plan.ts';
import { printTable } from './print-table.ts';
import { recordId } from './record-id.ts';
import { reportError, reportJson } from './report.ts';
import { DRY_RUN_OPTION, TARGET_OPTION, YES_OPTION } from './shared-options.ts';
import { painted } from './terminal-text.ts';
import { reportUndo } from './undo-command.ts';
import { UsageError } from './usage-error.ts';

/** Which of the command's options each of its actions takes; `''` is the list. */
const OPTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  '': [],
  show: [],
  restore: ['dry-run', 'yes'],
  purge: ['first', 'yes'],
};

export const historyCommand: CommandBody = {
  usage: '[show ID | restore [ID] | purge]',
  mostNames: 2,
  options: {
    target: TARGET_OPTION,
    'dry-run': { ...DRY_RUN_OPTION, help: `restore: ${DRY_RUN_OPTION.help}` },
    yes: { ...YES_OPTION, help: `purge, restore: ${YES_OPTION.help}` },
    first: { value: null, help: 'purge: also the file as it was before the first sync' },
  },
  run: async (input) => {
    const [action = '', id] = input.names;
    checkOptions(action, input.flags);
    const target = chosenTarget(input);
    if (!target.ok) return reportError(input, target.error);
    switch (action) {
      case '':
        return list(input, target.value);
      case 'show':
        return show(input, recordId(id), target.value);
      case 'restore': {
        const { flags, core } = input;
        const change = { dryRun: flags.has('dry-run'), accepted: flags.has('yes') };
        const request = { target: target.value, ...change };
        return reportUndo(input, await core.restoreLost(id === undefined ? null : recordId(id), request));
      }
      default:
        if (id !== undefined) throw new UsageError('purge takes no ID');
        return purge(input, target.value);
    }
  },
};

function checkOptions(action: string, flags: ReadonlySet<string>): void {
  const taken = OPTIONS_OF[action];
  if (taken === undefined) throw new UsageError(`history knows no \`${action}\``);
  const wrong = Object.keys(historyCommand.options).find(
    (option) => flags.has(option) && !taken.includes(option),
  );
  if (wrong !== undefined) throw new UsageError(`\`${`history ${action}`.trim()}\` takes no --${wrong}`);
}

async function list(input: CommandInput, target: string | undefined): Promise<ExitCode> {
  const report = await input.core.history(target);
  if (!report.ok) return reportError(input, report.error);
  const { records, first } = report.value;
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, report.value);
  if (records.length === 0) input.terminal.print(m.cli_history_empty());
  else printTable(input.terminal, [['ID', 'TIME', 'WHAT', 'CHANGES'], ...records.map(row)]);
  if (first) input.terminal.print(painted('dim', firstHint(input)));
  return ExitCode.fine;
}

function firstHint({ values }: CommandInput): string {
  const target = values.get('target');
  if (target === undefined || target === LOCAL_TARGET) return m.cli_history_first();
  const command = shellCommand('cliproxy-sync', 'undo', 'first', '--target', target);
  return m.cli_history_first_server({ command });
}

function row(entry: HistoryEntry): string[] {
  const { operations } = entry;
  const counts = (['add', 'update', 'adopt', 'remove', 'restore'] as const).flatMap((op) => {
    const names = operations
      .filter((operation) => operation.op === op)
      .map(({ profile, prefix }) => profile || prefix);
    return names.length === 0
      ? []
      : [`${op} ${names.length > 3 ? `${names.length} entries` : names.join(', ')}`];
  });
  return [...headOf(entry), counts.join('; ')];
}

/** Number, time and kind of a change, as the list and the heading of one tell them. */
function headOf({ id, time, kind, undoes }: HistoryEntry): string[] {
  const what = undoes === null ? kind : undoes === 0 ? `${kind} of all` : `${kind} of ${undoes}`;
  return [String(id), time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'), what];
}

async function show(input: CommandInput, id: number, target: string | undefined): Promise<ExitCode> {
  const record = await input.core.historyRecord(id, target);
  if (!record.ok) return reportError(input, record.error);
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, record.value);
  const { path, operations, hashBefore, hashAfter } = record.value;
  input.terminal.print(painted('bold', headOf(record.value).join('  ')));
  input.terminal.print(painted('dim', `${path}  ${hashBefore.slice(0, 8)} -> ${hashAfter.slice(0, 8)}`));
  printOperations(input.terminal, operations);
  return ExitCode.fine;
}

async function purge(input: CommandInput, target: string | undefined): Promise<ExitCode> {
  const { core, terminal, flags } = input;
  const first = flags.has('first');
  if (first && !flags.has('yes') && !(!flags.has('json') && (await terminal.agrees(m.cli_purge_first())))) {
    return reportRefusal(input);
  }
  const purged = await core.purgeHistory(first, target);
  if (!purged.ok) return reportError(input, purged.error);
  if (flags.has('json')) {
    return reportJson(terminal, ExitCode.fine, { removed: purged.value } satisfies PurgeReport);
  }
  terminal.print(m.cli_purged({ count: purged.value }));
  const left = await core.history(target);
  if (left.ok && left.value.first) terminal.print(m.cli_purged_first_stays());
  return ExitCode.fine;
}

function reportRefusal({ terminal, flags }: CommandInput): ExitCode {
  if (flags.has('json'))
    return reportJson(terminal, ExitCode.needsPerson, { removed: 0 } satisfies PurgeReport);
  terminal.note(m.cli_purge_refused());
  return ExitCode.needsPerson;
}
