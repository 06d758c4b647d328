import { maskedText } from '../../shared/schema/masked.ts';
import { skipGroup } from '../../shared/schema/skip-group.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { describeSkip } from '../../shared/words/describe-skip.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { CommandBody } from './command.ts';
import { ExitCode } from './exit-code.ts';
import type { ProfilesReport } from './json-envelope.ts';
import { placeOf } from './print-plan.ts';
import { printTable } from './print-table.ts';
import { reportError, reportJson } from './report.ts';
import type { Terminal } from './terminal.ts';
import { painted } from './terminal-text.ts';

export const profilesCommand: CommandBody = {
  usage: '',
  mostNames: 0,
  options: {},
  run: async (input) => {
    const report = await input.terminal.during(m.cli_looking(), input.core.status());
    if (!report.ok) return reportError(input, report.error);
    const { profiles } = report.value;
    if (input.flags.has('json')) {
      return reportJson(input.terminal, ExitCode.fine, { profiles } satisfies ProfilesReport);
    }
    print(input.terminal, profiles);
    return ExitCode.fine;
  },
};

function print(terminal: Terminal, profiles: readonly ProfileStatus[]): void {
  if (profiles.length === 0) {
    terminal.print(m.cli_no_profiles());
    return;
  }
  const used = profiles.flatMap(({ entry, ...profile }) => (entry === null ? [] : [{ ...profile, entry }]));
  if (used.length > 0)
    printTable(terminal, [['NAME', 'STATE', 'PREFIX', 'KEY', 'MODELS', 'BASE URL'], ...used.map(row)]);
  if (used.some(({ registered }) => !registered)) terminal.print(painted('dim', m.cli_unregistered()));
  const skipped = profiles.flatMap(({ reason, ...profile }) =>
    reason === null ? [] : [{ ...profile, reason }],
  );
  let isFirst = used.length === 0;
  for (const group of ['needs-you', 'not-for-this-proxy'] as const) {
    const members = skipped.filter(({ reason }) => skipGroup(reason.code) === group);
    if (members.length === 0) continue;
    if (!isFirst) terminal.print('');
    isFirst = false;
    terminal.print(painted('bold', group === 'needs-you' ? m.cli_needs_you() : m.cli_not_for_this_proxy()));
    for (const { name, path, reason } of members) {
      const { why, fix } = describeSkip(reason, name);
      terminal.print(`  ${name}: ${why}`);
      if (group !== 'needs-you') continue;
      if (fix !== null) terminal.print(`    ${fix}`);
      terminal.print('    ', painted('dim', placeOf(path, reason)));
    }
  }
}

function row({
  name,
  state,
  registered,
  entry,
}: ProfileStatus & { readonly entry: NonNullable<ProfileStatus['entry']> }): string[] {
  const { prefix, key, models, baseUrl } = entry;
  return [registered ? name : `${name} *`, state, prefix, maskedText(key), models.join(', '), baseUrl];
}
