import type { DoctorReport, GradedFinding } from '../../shared/schema/finding.ts';
import { describeFinding } from '../../shared/words/describe-finding.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { CommandBody } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { placeOf } from './print-plan.ts';
import { reportJson } from './report.ts';
import type { Terminal } from './terminal.ts';
import { painted } from './terminal-text.ts';

export const doctorCommand: CommandBody = {
  usage: '',
  mostNames: 0,
  options: {},
  run: async ({ core, terminal, flags }) => {
    const report = await terminal.during(m.cli_checking(), core.doctor({ remotes: true }));
    const problems = report.findings.filter(({ grade }) => grade === 'problem');
    const exitCode = problems.length === 0 ? ExitCode.fine : ExitCode.failed;
    if (flags.has('json')) return reportJson(terminal, exitCode, report);
    for (const finding of [...problems, ...report.findings.filter(({ grade }) => grade === 'note')]) {
      print(terminal, finding);
    }
    terminal.print(painted('bold', summaryOf(report, problems.length)));
    return exitCode;
  },
};

function print(terminal: Terminal, { grade, finding }: GradedFinding): void {
  const { what, next } = describeFinding(finding);
  terminal.print(grade === 'problem' ? painted('red', 'problem') : painted('dim', 'note   '), ` ${what}`);
  if (next !== null && next !== '') terminal.print(`        ${next}`);
  if (finding.code === 'skipped' && grade === 'problem') {
    terminal.print('        ', painted('dim', placeOf(finding.path, finding.reason)));
  }
}

function summaryOf({ checked }: DoctorReport, count: number): string {
  if (count === 0) return m.cli_doctor_fine();
  return checked.length === 0 ? m.cli_doctor_blind({ count }) : m.cli_doctor_problems({ count });
}
