import { maskedText } from '../../shared/schema/masked.ts';
import { skipGroup } from '../../shared/schema/skip.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { describeSkip } from '../../shared/words/describe-skip.ts';
import { type Command, reportError, reportJson } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { printTable } from './print-table.ts';
import type { Terminal } from './terminal.ts';

export const profilesCommand: Command = {
  name: 'profiles',
  usage: '',
  summary: 'List the profiles, where each stands, and why one is skipped.',
  mostNames: 0,
  options: {},
  run: async (input) => {
    const report = await input.core.status();
    if (!report.ok) return reportError(input, report.error);
    const { profiles } = report.value;
    if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, profiles);
    print(input.terminal, profiles);
    return ExitCode.fine;
  },
};

function print(terminal: Terminal, profiles: readonly ProfileStatus[]): void {
  if (profiles.length === 0) {
    terminal.print('No profiles yet. `ccs api create` makes the first one.');
    return;
  }
  const used = profiles.flatMap(({ entry, ...profile }) => (entry === null ? [] : [{ ...profile, entry }]));
  printTable(terminal, [
    ['NAME', 'STATE', 'PREFIX', 'KEY', 'MODELS', 'BASE URL'],
    ...used.map(({ name, state, registered, entry }) => [
      registered ? name : `${name} *`,
      state,
      entry.prefix,
      maskedText(entry.key),
      entry.models.join(', '),
      entry.baseUrl,
    ]),
  ]);
  if (used.some(({ registered }) => !registered)) terminal.print(terminal.paint('dim', '* not registered with CCS'));
  const skipped = profiles.flatMap(({ name, reason }) => (reason === null ? [] : [{ name, reason }]));
  for (const group of ['needs-you', 'not-for-this-proxy'] as const) {
    const members = skipped.filter(({ reason }) => skipGroup(reason.code) === group);
    if (members.length === 0) continue;
    terminal.print('');
    terminal.print(terminal.paint('bold', group === 'needs-you' ? 'Needs you' : 'Not for this proxy'));
    for (const { name, reason } of members) {
      const { why, fix } = describeSkip(reason, name);
      terminal.print(`  ${name}: ${why}`);
      if (fix !== null && group === 'needs-you') terminal.print(`    ${fix}`);
    }
  }
}
