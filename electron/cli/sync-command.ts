import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import { LOCAL_TARGET, type RemoteTarget } from '../../shared/schema/remote.ts';
import { skipGroup } from '../../shared/schema/skip-group.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { describeOutcome } from '../../shared/words/describe-outcome.ts';
import { describeConsent } from '../../shared/words/describe-warning.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { SyncRequest } from '../core/sync/sync-request.ts';
import { printHeading, reportAllJson, worstOf } from './all-remotes.ts';
import type { CommandBody, CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { chosenTarget, remoteTargets } from './find-target.ts';
import { printOperationLines, printOperations, printSkipped, printWarnings } from './print-plan.ts';
import { printProxy } from './print-proxy.ts';
import { exitCodeOfError, reportError, reportJson } from './report.ts';
import { TARGET_OPTION, YES_OPTION } from './shared-options.ts';
import { painted } from './terminal-text.ts';
import { unusedLocal } from './unused-local.ts';

export const syncCommand: CommandBody = {
  usage: '[NAME…]',
  mostNames: null,
  options: {
    'dry-run': { value: null, help: 'show what would be changed, with masked keys, and write nothing' },
    verbose: { value: null, help: 'show the whole masked diff and every skipped profile' },
    yes: YES_OPTION,
    strict: { value: null, help: 'exit with 3 where a profile is skipped that needs you' },
    create: { value: null, help: 'make a minimal, safe configuration where there is none' },
    target: { ...TARGET_OPTION, help: `${TARGET_OPTION.help}; naming it takes up a released one again` },
  },
  run: async (input) => {
    const target = chosenTarget(input);
    if (!target.ok) return reportError(input, target.error);
    const request = requestOf(input, target.value);
    if (target.value !== undefined) return settle(input, request, await sync(input, request));
    const remotes = remoteTargets(input);
    const synced = remotes.ok ? remotes.value.filter(({ paused }) => !paused) : [];
    if (remotes.ok && remotes.value.length === 0) return settle(input, request, await sync(input, request));
    const paused = remotes.ok ? remotes.value.filter((target) => target.paused) : [];
    return syncAll(input, request, { remotes: remotes.ok ? ok(synced) : remotes, paused });
  },
};

interface Servers {
  /** Those that are synced. */
  readonly remotes: Result<readonly RemoteTarget[], AppError>;
  readonly paused: readonly RemoteTarget[];
}

/** The local file, then every server at once: one that does not answer must not hold up the others. */
async function syncAll(
  input: CommandInput,
  request: SyncRequest,
  { remotes, paused }: Servers,
): Promise<ExitCode> {
  const local = await sync(input, request);
  if (!remotes.ok) return worstOf([await settle(input, request, local), reportError(input, remotes.error)]);
  // A wrong name is wrong everywhere.
  if (!local.ok && exitCodeOfError(local.error) === ExitCode.usage) return reportError(input, local.error);
  const asked = remotes.value.map((target) => {
    const ofTarget = { ...request, target: target.id, create: false };
    return { target, ofTarget, work: sync(input, ofTarget) };
  });
  const done = await Promise.all(asked.map(async (one) => ({ ...one, result: await one.work })));
  const outcome = local.ok ? ok({ isReleased: local.value.outcome === 'released' }) : local;
  const unused = done.length === 0 ? null : await unusedLocal(input, outcome);
  if (input.flags.has('json')) {
    const strict = input.flags.has('strict');
    const remotes = done.map(({ target, result }) => [target, result] as const);
    const results = { local, remotes, paused, isLocalUnused: unused !== null };
    return reportAllJson(input, results, (report) => exitCodeOf(report, strict));
  }
  const codes: ExitCode[] = [];
  if (unused === null) codes.push(await settle(input, request, local));
  else input.terminal.print(painted('dim', unused));
  for (const { target, ofTarget, result } of done) {
    printHeading(input, target.name);
    codes.push(await settle(input, ofTarget, result));
  }
  return worstOf(codes);
}

/** Says what a sync came to, and asks a person who is there what it needs. */
async function settle(
  input: CommandInput,
  request: SyncRequest,
  first: Result<SyncReport, AppError>,
): Promise<ExitCode> {
  const question = input.terminal.interactive ? questionOf(input, first) : null;
  if (question === null) return report(input, first);
  if (first.ok) print(input, first.value, { asking: true });
  if (await input.terminal.agrees(question))
    return report(input, await sync(input, { ...request, accepted: true }));
  input.terminal.note(m.cli_nothing_written());
  return ExitCode.needsPerson;
}

function requestOf({ flags, names, values }: CommandInput, target: string | undefined): SyncRequest {
  return {
    target,
    only: names.length === 0 ? null : names,
    accepted: flags.has('yes'),
    dryRun: flags.has('dry-run'),
    create: flags.has('create'),
    targetNamed: values.has('target'),
    verify: true,
  };
}

function sync({ core, terminal }: CommandInput, request: SyncRequest): Promise<Result<SyncReport, AppError>> {
  return terminal.during(request.dryRun ? m.cli_looking() : m.cli_syncing(), core.sync(request));
}

/** What a person who is there has to agree to; null where there is nothing to ask. */
function questionOf({ flags }: CommandInput, result: Result<SyncReport, AppError>): string | null {
  if (['yes', 'dry-run', 'json'].some((flag) => flags.has(flag))) return null;
  if (result.ok) return isWaiting(result.value) ? m.cli_go_ahead() : null;
  return result.error.code === 'ccs-creates-target' ? m.cli_create_anyway({ path: result.error.path }) : null;
}

function report(input: CommandInput, result: Result<SyncReport, AppError>): ExitCode {
  if (!result.ok) return reportError(input, result.error);
  const exitCode = exitCodeOf(result.value, input.flags.has('strict'));
  if (input.flags.has('json')) return reportJson(input.terminal, exitCode, result.value);
  print(input, result.value, { asking: false });
  return exitCode;
}

function isWaiting({ outcome, plan }: SyncReport): boolean {
  return outcome === 'needs-consent' || plan.operations.some(({ op }) => op === 'review');
}

function exitCodeOf(done: SyncReport, strict: boolean): ExitCode {
  const { outcome, plan, proxy } = done;
  const open =
    isWaiting(done) ||
    outcome === 'released' ||
    (outcome === 'planned' && plan.consent.length > 0) ||
    plan.held.length > 0 ||
    plan.operations.some((operation) => operation.op === 'leave' && operation.why === 'world-unknown') ||
    proxy?.state === 'not-loaded' ||
    (strict && plan.skipped.some(({ reason }) => skipGroup(reason.code) === 'needs-you'));
  return open ? ExitCode.needsPerson : ExitCode.fine;
}

const SETTLED: ReadonlySet<SyncReport['outcome']> = new Set(['in-sync', 'written', 'adopted']);

/** `asking`: a question follows, which takes the place of the next step. */
function print(
  { terminal, flags }: CommandInput,
  done: SyncReport,
  { asking }: { readonly asking: boolean },
): void {
  const { plan, outcome, proxy, created } = done;
  const detailed = asking || flags.has('verbose') || flags.has('dry-run') || outcome === 'needs-consent';
  const headline = describeOutcome(done);
  if (created !== null) terminal.print(m.cli_made({ path: created }));
  terminal.print(painted('bold', headline.what));
  if (headline.next !== null && !asking) terminal.print(headline.next);
  if (outcome === 'released') return;
  if (detailed) printOperations(terminal, plan.operations);
  else printOperationLines(terminal, plan.operations);
  printSkipped(terminal, plan, flags.has('verbose'));
  const isServer = done.target.id !== LOCAL_TARGET;
  // Where nothing of ours is there yet, nothing can be said of it.
  const isSeen = !isServer || (done.syncable > 0 && SETTLED.has(outcome));
  if (proxy !== null && isSeen) printProxy(terminal, proxy, isServer);
  printWarnings(terminal, plan.warnings);
  if (outcome !== 'needs-consent' && outcome !== 'planned') return;
  for (const reason of plan.consent) terminal.print(describeConsent(reason));
}
