import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import { LOCAL_TARGET, type RemoteTarget } from '../../shared/schema/remote.ts';
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
import { unusedLocal } from './unused-local.ts';

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
  const standing = local.ok ? ok({ isReleased: local.value.state === 'released' }) : local;
  const unused = asked.length === 0 ? null : await unusedLocal(input, standing);
  if (input.flags.has('json')) {
    const paused = remotes.filter((target) => target.paused);
    const all = { local, remotes: results, paused, isLocalUnused: unused !== null };
    return reportAllJson(input, all, exitCodeOf);
  }
  const codes: ExitCode[] = [];
  if (unused === null) codes.push(report(input, local));
  else input.terminal.print(painted('dim', unused));
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
  // Where nothing of ours is on a server yet, nothing can be said of it.
  const isServer = report.target.id !== LOCAL_TARGET;
  const isSeen = !isServer || report.profiles.some(({ state }) => state === 'synced');
  const seen = proxy === null || !isSeen ? null : describeProxy(proxy, isServer);
  if (seen !== null) rows.push(['Proxy', seen.what]);
  for (const [name, value] of rows) terminal.print(painted('dim', name.padEnd(12)), ` ${value}`);
  const next = seen?.next ?? null;
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
