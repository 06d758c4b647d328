import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { skipGroup } from '../../shared/schema/skip.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { describeOutcome } from '../../shared/words/describe-outcome.ts';
import { describeProxy } from '../../shared/words/describe-proxy.ts';
import { describeConsent } from '../../shared/words/describe-warning.ts';
import type { SyncRequest } from '../core/sync/sync-request.ts';
import { type Command, type CommandInput, reportError, reportJson } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { printOperationLines, printOperations, printSkipped, printWarnings } from './print-plan.ts';
import { checkTarget, TARGET_OPTION, YES_OPTION } from './shared-options.ts';

export const syncCommand: Command = {
  name: 'sync',
  usage: '[NAME…]',
  summary: 'Write what the profiles ask for into the proxy’s configuration, and check that it has it.',
  mostNames: null,
  options: {
    'dry-run': { value: null, help: 'show what would be changed, with masked keys, and write nothing' },
    verbose: { value: null, help: 'show the whole masked diff and every skipped profile' },
    yes: YES_OPTION,
    strict: { value: null, help: 'exit with 3 where a profile is skipped that needs you' },
    create: { value: null, help: 'make a minimal, safe configuration where there is none' },
    target: TARGET_OPTION,
  },
  run: async (input) => {
    const wrong = checkTarget(input);
    if (wrong !== null) return reportError(input, wrong);
    const report = await syncWithConsent(input);
    if (!report.ok) return reportError(input, report.error);
    const exitCode = exitCodeOf(report.value, input.flags.has('strict'));
    if (input.flags.has('json')) return reportJson(input.terminal, exitCode, report.value);
    print(input, report.value);
    return exitCode;
  },
};

/** Asks where a person must agree and is there; otherwise the report says what is waiting. */
async function syncWithConsent(input: CommandInput): Promise<Result<SyncReport, AppError>> {
  const { core, terminal, flags, names, values } = input;
  const request: SyncRequest = {
    only: names.length === 0 ? null : names,
    accepted: flags.has('yes'),
    dryRun: flags.has('dry-run'),
    create: flags.has('create'),
    targetNamed: values.has('target'),
    verify: true,
  };
  const first = await terminal.during('Syncing…', core.sync(request));
  if (request.accepted || request.dryRun || flags.has('json') || !terminal.interactive) return first;
  if (!first.ok) {
    const offered = first.error.code === 'ccs-creates-target';
    if (!offered || !(await terminal.agrees('CCS makes this file itself on first use. Make a minimal one now?'))) {
      return first;
    }
  } else if (isWaiting(first.value)) {
    printOperations(terminal, first.value.plan.operations);
    for (const reason of first.value.plan.consent) terminal.print(describeConsent(reason));
    if (!(await terminal.agrees('Go ahead?'))) return first;
  } else {
    return first;
  }
  return terminal.during('Syncing…', core.sync({ ...request, accepted: true }));
}

function isWaiting({ outcome, plan }: SyncReport): boolean {
  return outcome === 'needs-consent' || plan.operations.some(({ op }) => op === 'review');
}

function exitCodeOf(report: SyncReport, strict: boolean): ExitCode {
  const { outcome, plan, proxy } = report;
  const open =
    isWaiting(report) ||
    outcome === 'released' ||
    plan.consent.length > 0 ||
    plan.held.length > 0 ||
    plan.operations.some((operation) => operation.op === 'leave' && operation.why === 'world-unknown') ||
    proxy?.state === 'not-loaded' ||
    (strict && plan.skipped.some(({ reason }) => skipGroup(reason.code) === 'needs-you'));
  return open ? ExitCode.needsPerson : ExitCode.fine;
}

function print({ terminal, flags }: CommandInput, report: SyncReport): void {
  const { plan, outcome, proxy } = report;
  const detailed = flags.has('verbose') || flags.has('dry-run') || outcome === 'needs-consent';
  const headline = describeOutcome(report);
  terminal.print(terminal.paint('bold', headline.what));
  if (headline.next !== null) terminal.print(headline.next);
  if (outcome === 'released') return;
  if (detailed) printOperations(terminal, plan.operations);
  else printOperationLines(terminal, plan.operations);
  printSkipped(terminal, plan, flags.has('verbose'));
  if (proxy !== null) {
    const { what, next } = describeProxy(proxy);
    terminal.print(proxy.state === 'not-loaded' ? terminal.paint('yellow', what) : what);
    if (next !== null) terminal.print(`  ${next}`);
  }
  printWarnings(terminal, plan.warnings);
  for (const reason of plan.consent) terminal.note(describeConsent(reason));
}
