import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { canonicalRemoteUrl, isPlainHttpElsewhere } from '../../shared/rules/remote-url.ts';
import { keyVariableOf } from '../../shared/rules/target-id.ts';
import type { GivenKey, RemoteTarget, TargetTest, TestTarget } from '../../shared/schema/remote.ts';
import { describeMoment } from '../../shared/words/describe-time.ts';
import * as m from '../../shared/words/generated/messages.js';
import { shellCommand } from '../../shared/words/shell-word.ts';
import type { CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { checkProfiles, judgeAddition } from './judge-set-up.ts';
import { oldEntries } from './old-entries.ts';
import { reportError, reportFailure, reportJson } from './report.ts';
import { type TargetOptions, targetOptionsOf } from './target-options.ts';
import { UsageError } from './usage-error.ts';

/** Sets up a server: asks for its key, looks whether it answers, and says what it needs. */
export async function addRemote(input: CommandInput, name: string, typed: string): Promise<ExitCode> {
  const options = targetOptionsOf(input);
  const judged = await judgeAddition(input, options, { name, url: typed });
  if (!judged.ok) return reportProblem(input, judged.error);
  const server = { id: judged.value, name, url: typed, before: null };
  const checked = await checkServer(input, options, server);
  if (!checked.ok) return reportProblem(input, checked.error);
  const { url, key, certificate, plainHttp, test } = checked.value;
  const added = await input.core.addTarget({
    name,
    url,
    key,
    keySource: options.key === 'env' ? 'environment' : 'file',
    profiles: options.profiles ?? null,
    mode: options.mode ?? 'auto',
    certificate,
    plainHttp,
  });
  if (!added.ok) return reportProblem(input, added.error);
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, added.value);
  printTest(input, added.value, test);
  input.terminal.print(m.cli_target_added({ name: added.value.name }));
  const command = shellCommand('cliproxy-sync', 'sync', '--target', added.value.id);
  input.terminal.print(m.cli_target_added_next({ command }));
  return ExitCode.fine;
}

/** Changes what the options say, and looks at the server first where that concerns the way to it. */
export async function changeRemote(input: CommandInput, before: RemoteTarget): Promise<ExitCode> {
  const options = targetOptionsOf(input);
  const { id, name } = before;
  const url = input.values.get('url') ?? before.url;
  const isOtherWay = url !== before.url || options.key !== undefined || options.certificate !== undefined;
  const change = { id, profiles: options.profiles, mode: options.mode };
  const known = await checkProfiles(input, options.profiles, before.profiles ?? []);
  if (!known.ok) return reportProblem(input, known.error);
  const entries = await oldEntries(input, before, url);
  if (!isOtherWay) return reportChange(input, await input.core.updateTarget(change), null);
  const checked = await checkServer(input, options, { id, name, url, before });
  if (!checked.ok) return reportProblem(input, checked.error);
  const { test, ...way } = checked.value;
  const source = { env: 'environment', ccs: 'file', asked: 'file' } as const;
  const keySource = options.key === undefined ? undefined : source[options.key];
  const key = way.key.kind === 'stored' && way.url === before.url ? undefined : way.key;
  return reportChange(
    input,
    await input.core.updateTarget({ ...change, ...way, entries, key, keySource }),
    test,
  );
}

interface Server {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly before: RemoteTarget | null;
}

/** The way to a server that a person has confirmed; `test` null where it was not asked. */
interface CheckedServer extends Pick<TestTarget, 'url' | 'key' | 'certificate' | 'plainHttp'> {
  readonly test: TargetTest | null;
}

/** Why nothing is saved; null where a person said no. */
type Problem =
  AppError | { readonly code: 'no-key-typed' } | { readonly code: 'no-ccs-key'; readonly url: string } | null;

async function checkServer(
  input: CommandInput,
  options: TargetOptions,
  { id, name, url: typed, before }: Server,
): Promise<Result<CheckedServer, Problem>> {
  const { terminal, core, flags } = input;
  const asks = terminal.interactive && !flags.has('json');
  const url = canonicalRemoteUrl(typed);
  if (url === null) return err({ code: 'target-value-invalid', field: 'url' });
  const isPlain = isPlainHttpElsewhere(url);
  let plainHttp = options.plainHttp || (before?.url === url && before.plainHttp);
  if (isPlain && !plainHttp) {
    if (!asks) return err({ code: 'remote-fault', target: name, fault: { code: 'plain-http' } });
    plainHttp = await terminal.agrees(m.cli_target_plain_http({ url }));
    if (!plainHttp) return err(null);
  }
  if (options.certificate !== undefined && options.certificate !== null && url.startsWith('http:'))
    throw new UsageError('--pin is for https: plain HTTP shows no certificate');
  const key = await givenKey(input, options, { id, url, before });
  if (key.kind === 'typed' && key.key === '') return err({ code: 'no-key-typed' });
  const sameServer = before?.url === url ? before.certificate : null;
  let certificate = options.certificate === undefined ? sameServer : options.certificate;
  const look = (): Promise<Result<TargetTest, AppError>> =>
    terminal.during(m.cli_looking(), core.testTarget({ id, url, key, certificate, plainHttp }));
  if (!options.test) return ok({ url, key, certificate, plainHttp, test: null });
  let test = await look();
  const shown = test.ok ? test.value.fault : null;
  if ((shown?.code === 'tls-untrusted' || shown?.code === 'tls-changed') && shown.fingerprint !== null) {
    if (!flags.has('json')) printCertificate(input, shown);
    if (asks && (await terminal.agrees(m.cli_target_trust()))) {
      certificate = shown.fingerprint;
      test = await look();
    }
  }
  if (!test.ok) {
    const { error } = test;
    const isCcsKey = error.code === 'target-value-invalid' && error.field === 'key' && key.kind === 'ccs';
    return err(isCcsKey ? { code: 'no-ccs-key', url } : error);
  }
  if (test.value.fault !== null) return err({ code: 'remote-fault', target: name, fault: test.value.fault });
  return ok({ url, key, certificate, plainHttp, test: test.value });
}

/** A key that is kept goes on being used where the address is the same. */
async function givenKey(
  { terminal, flags }: CommandInput,
  options: TargetOptions,
  { id, url, before }: Pick<Server, 'id' | 'url' | 'before'>,
): Promise<GivenKey> {
  switch (options.key) {
    case 'env':
      if (!flags.has('json')) terminal.note(m.cli_target_variable({ variable: keyVariableOf(id) }));
      return { kind: 'variable' };
    case 'ccs':
      return { kind: 'ccs' };
    default:
      if (options.key === undefined && before?.url === url) return { kind: 'stored' };
      return { kind: 'typed', key: await terminal.secret(m.cli_target_key({ url })) };
  }
}

type Certified = Extract<TargetTest['fault'], { code: 'tls-untrusted' | 'tls-changed' }>;

function printCertificate({ terminal }: CommandInput, shown: Certified): void {
  terminal.note(m.cli_target_certificate({ fingerprint: shown.fingerprint ?? '' }));
  if (shown.subject !== null) terminal.note(m.cli_target_certificate_name({ name: shown.subject }));
  if (shown.code === 'tls-untrusted' && shown.validToMs !== null)
    terminal.note(m.cli_target_certificate_ends({ time: describeMoment(shown.validToMs, 'en') }));
}

/** What may be over later, so that setting the server up all the same makes sense. */
const MAY_PASS: ReadonlySet<string> = new Set([
  'unreachable',
  'timeout',
  'server-error',
  'bad-answer',
  'banned',
  'no-key',
]);

/** Names the option that goes on from here. */
function reportProblem(input: CommandInput, problem: Problem): ExitCode {
  if (problem === null) {
    input.terminal.note(m.cli_target_nothing_saved());
    return ExitCode.needsPerson;
  }
  const exitCode = reportWhy(input, problem);
  if (input.flags.has('json')) return exitCode;
  input.terminal.note(m.cli_target_nothing_saved());
  if (problem.code === 'target-value-invalid' && problem.field === 'entries')
    input.terminal.note(m.cli_target_entries_option());
  if (problem.code !== 'remote-fault') return exitCode;
  const isNew = input.names[0] === 'add';
  const { fault } = problem;
  if (fault.code === 'plain-http') input.terminal.note(m.cli_target_plain_http_option());
  else if (
    (fault.code === 'tls-untrusted' || fault.code === 'tls-changed') &&
    fault.fingerprint !== null &&
    isNew
  )
    input.terminal.note(m.cli_target_pin_option({ fingerprint: fault.fingerprint }));
  // A key that is kept is not given up for a variable that is not there.
  else if (MAY_PASS.has(fault.code) && (isNew || fault.code !== 'no-key'))
    input.terminal.note(m.cli_target_no_test_option());
  return exitCode;
}

function reportWhy(input: CommandInput, problem: NonNullable<Problem>): ExitCode {
  switch (problem.code) {
    case 'no-key-typed': {
      const command = shellCommand('cliproxy-sync', 'targets', ...input.names, ...optionsOf(input));
      return reportFailure(input, ExitCode.usage, {
        code: 'target-value-invalid',
        field: 'key',
        message: m.cli_target_no_key(),
        next: m.cli_target_no_key_next({ command }),
      });
    }
    case 'no-ccs-key':
      return reportFailure(input, ExitCode.usage, {
        code: 'target-value-invalid',
        field: 'key',
        message: m.cli_target_no_ccs_key({ url: problem.url }),
        next: m.cli_target_no_ccs_key_next(),
      });
    default:
      return reportError(input, problem);
  }
}

/** As they were typed, so that the command can be repeated. No option carries a key. */
function optionsOf({ flags, values }: CommandInput): string[] {
  return [
    ...[...flags].map((flag) => `--${flag}`),
    ...[...values].flatMap(([option, value]) => [`--${option}`, value]),
  ];
}

function reportChange(
  input: CommandInput,
  changed: Result<RemoteTarget, AppError>,
  test: TargetTest | null,
): ExitCode {
  if (!changed.ok) return reportProblem(input, changed.error);
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, changed.value);
  printTest(input, changed.value, test);
  input.terminal.print(m.cli_target_changed({ name: changed.value.name }));
  return ExitCode.fine;
}

function printTest({ terminal }: CommandInput, { name }: RemoteTarget, test: TargetTest | null): void {
  if (test === null) return;
  terminal.print(m.cli_target_works({ name, version: test.version ?? '?', count: test.entries ?? 0 }));
}
