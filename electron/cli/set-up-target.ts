import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { canonicalRemoteUrl, isPlainHttpElsewhere } from '../../shared/rules/remote-url.ts';
import { keyVariableOf, targetIdOf } from '../../shared/rules/target-id.ts';
import type { GivenKey, RemoteTarget, TargetTest, TestTarget } from '../../shared/schema/remote.ts';
import { describeMoment } from '../../shared/words/describe-time.ts';
import * as m from '../../shared/words/generated/messages.js';
import { shellCommand } from '../../shared/words/shell-word.ts';
import type { CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { remoteTargets } from './find-target.ts';
import { reportError, reportJson } from './report.ts';
import { type TargetOptions, targetOptionsOf } from './target-options.ts';

/** Sets up a server: asks for its key, looks whether it answers, and says what it needs. */
export async function addRemote(input: CommandInput, name: string, typed: string): Promise<ExitCode> {
  const options = targetOptionsOf(input);
  const remotes = remoteTargets(input);
  if (!remotes.ok) return reportError(input, remotes.error);
  const taken = remotes.value.map((target) => target.id);
  const id = targetIdOf(name, taken);
  const checked = await checkServer(input, options, { id, name, url: typed, before: null });
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
  if (!added.ok) return reportError(input, added.error);
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
  if (!isOtherWay) return reportChange(input, await input.core.updateTarget(change), null);
  const checked = await checkServer(input, options, { id, name, url, before });
  if (!checked.ok) return reportProblem(input, checked.error);
  const { test, ...way } = checked.value;
  const source = { env: 'environment', ccs: 'file', asked: 'file' } as const;
  const keySource = options.key === undefined ? undefined : source[options.key];
  const key = way.key.kind === 'stored' && way.url === before.url ? undefined : way.key;
  return reportChange(input, await input.core.updateTarget({ ...change, ...way, key, keySource }), test);
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

/** Null where a person said no. */
type Problem = AppError | null;

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
  const key = await givenKey(input, options, { id, url, before });
  const sameServer = before?.url === url ? before.certificate : null;
  let certificate = options.certificate === undefined ? sameServer : options.certificate;
  const look = (): Promise<Result<TargetTest, AppError>> =>
    terminal.during(m.cli_looking(), core.testTarget({ id, url, key, certificate, plainHttp }));
  if (!options.test) return ok({ url, key, certificate, plainHttp, test: null });
  let test = await look();
  const shown = test.ok ? test.value.fault : null;
  if ((shown?.code === 'tls-untrusted' || shown?.code === 'tls-changed') && shown.fingerprint !== null) {
    printCertificate(input, shown);
    if (asks && (await terminal.agrees(m.cli_target_trust()))) {
      certificate = shown.fingerprint;
      test = await look();
    }
  }
  if (!test.ok) return test;
  if (test.value.fault !== null) return err({ code: 'remote-fault', target: name, fault: test.value.fault });
  return ok({ url, key, certificate, plainHttp, test: test.value });
}

/** A key that is kept goes on being used where the address is the same. */
async function givenKey(
  { terminal }: CommandInput,
  options: TargetOptions,
  { id, url, before }: Pick<Server, 'id' | 'url' | 'before'>,
): Promise<GivenKey> {
  switch (options.key) {
    case 'env':
      terminal.note(m.cli_target_variable({ variable: keyVariableOf(id) }));
      return { kind: 'stored' };
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
    input.terminal.note(m.cli_nothing_written());
    return ExitCode.needsPerson;
  }
  const exitCode = reportError(input, problem);
  if (problem.code !== 'remote-fault' || input.flags.has('json')) return exitCode;
  const { fault } = problem;
  if (fault.code === 'plain-http') input.terminal.note(m.cli_target_plain_http_option());
  else if ((fault.code === 'tls-untrusted' || fault.code === 'tls-changed') && fault.fingerprint !== null)
    input.terminal.note(m.cli_target_pin_option({ fingerprint: fault.fingerprint }));
  else if (MAY_PASS.has(fault.code)) input.terminal.note(m.cli_target_no_test_option());
  return exitCode;
}

function reportChange(
  input: CommandInput,
  changed: Result<RemoteTarget, AppError>,
  test: TargetTest | null,
): ExitCode {
  if (!changed.ok) return reportError(input, changed.error);
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, changed.value);
  printTest(input, changed.value, test);
  input.terminal.print(m.cli_target_changed({ name: changed.value.name }));
  return ExitCode.fine;
}

function printTest({ terminal }: CommandInput, { name }: RemoteTarget, test: TargetTest | null): void {
  if (test === null) return;
  terminal.print(m.cli_target_works({ name, version: test.version ?? '?', count: test.entries ?? 0 }));
}
