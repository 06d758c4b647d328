import * as m from '../../shared/words/generated/messages.js';
import type { CommandBody } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { reportError, reportJson } from './report.ts';
import { UsageError } from './usage-error.ts';

export const excludeCommand: CommandBody = {
  usage: '[NAME…]',
  mostNames: null,
  options: { remove: { value: null, help: 'take the profiles in again' } },
  run: async (input) => {
    const { core, names, flags, terminal } = input;
    if (names.length === 0 && flags.has('remove')) throw new UsageError('exclude --remove needs a NAME');
    const report =
      names.length === 0
        ? await core.excluded()
        : await core.exclude(flags.has('remove') ? 'remove' : 'add', names);
    if (!report.ok) return reportError(input, report.error);
    if (flags.has('json')) return reportJson(terminal, ExitCode.fine, report.value);
    const { excluded } = report.value;
    terminal.print(
      excluded.length === 0 ? m.cli_none_excluded() : m.cli_excluded({ names: excluded.join(', ') }),
    );
    if (names.length > 0) terminal.print(m.cli_excluded_next());
    return ExitCode.fine;
  },
};
