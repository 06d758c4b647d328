import type { ProxyKeyAnswer } from '../../shared/schema/proxy-key.ts';
import { describeKeyFit, describeLocalProxy } from '../../shared/words/describe-local-proxy.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { reportError, reportFailure, reportJson } from './report.ts';
import { painted } from './terminal-text.ts';
import { TARGET_OPTIONS } from './target-options.ts';
import { UsageError } from './usage-error.ts';

/** Of the local target only its proxy's management key can be changed: `--new-key` asks for it, `--forget-key` drops it. */
export async function changeProxyKey(input: CommandInput): Promise<ExitCode> {
  const { core, terminal, flags } = input;
  const forgets = checkOptions(input);
  if (forgets) return report(input, await core.setProxyKey(null));
  const before = await core.targets();
  if (!before.ok) return reportError(input, before.error);
  const key = await terminal.secret(m.cli_target_key({ url: before.value.local.url }));
  if (key !== '') return report(input, await core.setProxyKey(key));
  const exitCode = reportFailure(input, ExitCode.usage, {
    code: 'target-value-invalid',
    field: 'key',
    message: m.cli_target_no_key(),
    next: m.cli_target_no_key_next({ command: 'cliproxy-sync targets change local --new-key' }),
  });
  if (!flags.has('json')) terminal.note(m.cli_target_nothing_saved());
  return exitCode;
}

/** Whether the key is to be forgotten. */
function checkOptions({ flags, values }: CommandInput): boolean {
  const given = [...flags, ...values.keys()].filter((option) => option in TARGET_OPTIONS);
  const wrong = given.find((option) => option !== 'new-key' && option !== 'forget-key');
  if (wrong !== undefined)
    throw new UsageError(`--${wrong} is for servers: of local only the management key can be changed`);
  if (given.length !== 1) throw new UsageError('change local needs --new-key or --forget-key');
  return given[0] === 'forget-key';
}

function report(
  input: CommandInput,
  answer: Awaited<ReturnType<CommandInput['core']['setProxyKey']>>,
): ExitCode {
  if (!answer.ok) return reportError(input, answer.error);
  const exitCode = answer.value.fit === 'refused' ? ExitCode.needsPerson : ExitCode.fine;
  if (input.flags.has('json')) return reportJson(input.terminal, exitCode, answer.value);
  print(input, answer.value);
  return exitCode;
}

function print({ terminal }: CommandInput, { fit, local }: ProxyKeyAnswer): void {
  const { what, next } = describeKeyFit(fit);
  terminal.print(fit === 'refused' ? painted('red', what) : what);
  if (next !== null) terminal.print(next);
  if (fit === null) terminal.print(m.cli_proxy_key_is({ text: describeLocalProxy(local) }));
}
