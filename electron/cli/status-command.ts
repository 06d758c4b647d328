import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { RemoteTarget } from '../../shared/schema/remote.ts';
import { skipGroup } from '../../shared/schema/skip-group.ts';
import type { StatusReport } from '../../shared/schema/status.ts';
import { describeProxy } from '../../shared/words/describe-proxy.ts';
import { describeStatus } from '../../shared/words/describe-status.ts';
import { describeAgo } from '../../shared/words/describe-time.ts';
import * as m from '../../shared/words/generated/messages.js';
import { printHeading, reportAllJson, worstOf } from './all-remotes.ts';
import type { CommandBody, CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { chosenTarget, remoteTargets } from './find-target.ts';
import { printOperations, printSkipped, printWarnings } from './print-plan.ts';
import { reportError, reportJson } from './report.ts';
import { TARGET_OPTION } from './shared-options.ts';
import { painted } from './terminal-text.ts';

export const statusCommand: CommandBody = {
  usage: '',
  mostNames: 0,
  options: {
    verbose: { value: null, help: 'show what a sync would change, and every skipped profile' },
    target: TARGET_OPTION,
  },
  run: async (input) => {
    const target = chosenTarget(input);
    if (!target.ok) return reportError(input, target.error);
    const remotes = target.value === undefined ? remoteTargets(input) : ok([]);
    if (!remotes.ok) return worstOf([report(input, await look(input)), reportError(input, remotes.error)]);
    if (remotes.value.length === 0) return report(input, await look(input, target.value));
    return reportAll(input, remotes.value);
  },
};

/** One that is paused is named, and not asked. */
async function reportAll(input: CommandInput, remotes: readonly RemoteTarget[]): Promise<ExitCode> {
  const asked = remotes.filter(({ paused }) => !paused);
  const [local, ...found] = await Promise.all([look(input), ...asked.map(({ id }) => look(input, id))]);
  const results = asked.flatMap((target, index) => {
    const result = found[index];
    return result === undefined ? [] : [[target, result] as const];
  });
  if (input.flags.has('json')) return reportAllJson(input, { local, remotes: results }, exitCodeOf);
  const codes = [report(input, local)];
  for (const target of remotes) {
    printHeading(input, target.name);
    const result = results.find(([one]) => one === target)?.[1];
    if (result === undefined) input.terminal.print(m.cli_target_paused({ name: target.name }));
    else codes.push(report(input, result));
  }
  return worstOf(codes);
}

function look({ terminal, core }: CommandInput, target?: string): Promise<Result<StatusReport, AppError>> {
  return terminal.during(m.cli_looking(), core.status(target));
}

function report(input: CommandInput, result: Result<StatusReport, AppError>): ExitCode {
  if (!result.ok) return reportError(input, result.error);
  const exitCode = exitCodeOf(result.value);
  if (input.flags.has('json')) return reportJson(input.terminal, exitCode, result.value);
  print(input, result.value);
  return exitCode;
}

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
