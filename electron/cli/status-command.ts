import { skipGroup } from '../../shared/schema/skip-group.ts';
import type { StatusReport } from '../../shared/schema/status.ts';
import { describeProxy } from '../../shared/words/describe-proxy.ts';
import { describeStatus } from '../../shared/words/describe-status.ts';
import { describeAgo } from '../../shared/words/describe-time.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { CommandBody, CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { printOperations, printSkipped, printWarnings } from './print-plan.ts';
import { reportError, reportJson } from './report.ts';
import { painted } from './terminal-text.ts';

export const statusCommand: CommandBody = {
  usage: '',
  mostNames: 0,
  options: { verbose: { value: null, help: 'show what a sync would change, and every skipped profile' } },
  run: async (input) => {
    const report = await input.terminal.during(m.cli_looking(), input.core.status());
    if (!report.ok) return reportError(input, report.error);
    const exitCode = exitCodeOf(report.value);
    if (input.flags.has('json')) return reportJson(input.terminal, exitCode, report.value);
    print(input, report.value);
    return exitCode;
  },
};

function exitCodeOf({ state, plan, proxy }: StatusReport): ExitCode {
  const open = state !== 'in-sync' || plan.held.length > 0 || proxy?.state === 'not-loaded';
  return open ? ExitCode.needsPerson : ExitCode.fine;
}

function print({ terminal, flags, service, deps }: CommandInput, report: StatusReport): void {
  const { plan, proxy, lastChange } = report;
  const verbose = flags.has('verbose');
  terminal.print(painted('bold', describeStatus(report)));
  const rows: [string, string][] = [
    ['Target', report.target.path],
    ['Profiles', countsOf(report)],
    ['Auto-sync', `${report.autoSync} (CCS)`],
    [
      'Service',
      service === null
        ? 'none: changes wait for `cliproxy-sync sync`'
        : `${service.host}, process ${service.pid}`,
    ],
    [
      'Last change',
      lastChange === null
        ? 'none yet'
        : `${describeAgo(Date.parse(lastChange.time), deps.clock.now())} (${lastChange.kind} ${lastChange.record})`,
    ],
  ];
  if (proxy !== null) rows.push(['Proxy', describeProxy(proxy).what]);
  for (const [name, value] of rows) terminal.print(painted('dim', name.padEnd(12)), ` ${value}`);
  const next = proxy === null ? null : describeProxy(proxy).next;
  if (next !== null) terminal.print(`${' '.repeat(13)}${next}`);
  if (verbose) printOperations(terminal, plan.operations);
  printSkipped(terminal, plan, verbose);
  printWarnings(terminal, plan.warnings);
}

function countsOf({ profiles }: StatusReport): string {
  const count = (state: StatusReport['profiles'][number]['state']): number =>
    profiles.filter((profile) => profile.state === state).length;
  const needsYou = profiles.filter(
    ({ reason }) => reason !== null && skipGroup(reason.code) === 'needs-you',
  ).length;
  const parts: [number, string][] = [
    [count('synced'), 'synced'],
    [count('pending'), 'pending'],
    [count('review'), 'to review'],
    [count('held'), 'held'],
    [needsYou, needsYou === 1 ? 'needs you' : 'need you'],
    [count('skipped') - needsYou, 'not for this proxy'],
  ];
  const shown = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return shown.length === 0 ? 'none' : shown.join(', ');
}
