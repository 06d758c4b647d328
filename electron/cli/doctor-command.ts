import type { GradedFinding } from '../../shared/schema/finding.ts';
import { describeFinding } from '../../shared/words/describe-finding.ts';
import { type Command, reportJson } from './command.ts';
import { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '',
  summary: 'Check every file, permission, port and mapping, and say how to mend what is wrong.',
  mostNames: 0,
  options: {},
  run: async ({ core, terminal, flags }) => {
    const report = await terminal.during('Checking…', core.doctor());
    const problems = report.findings.filter(({ grade }) => grade === 'problem');
    const exitCode = problems.length === 0 ? ExitCode.fine : ExitCode.failed;
    if (flags.has('json')) return reportJson(terminal, exitCode, report);
    for (const finding of [...problems, ...report.findings.filter(({ grade }) => grade === 'note')]) {
      print(terminal, finding);
    }
    const count = problems.length;
    terminal.print(count === 0 ? 'Nothing needs a hand.' : count === 1 ? '1 problem.' : `${count} problems.`);
    return exitCode;
  },
};

function print(terminal: Terminal, { grade, finding }: GradedFinding): void {
  const { what, next } = describeFinding(finding);
  terminal.print(`${grade === 'problem' ? terminal.paint('red', 'problem') : terminal.paint('dim', 'note   ')} ${what}`);
  if (next !== null && next !== '') terminal.print(`        ${next}`);
}
