import { LOCAL_TARGET, type RemoteTarget } from '../../shared/schema/remote.ts';
import { keyVariableOf } from '../../shared/rules/target-id.ts';
import { describeLocalProxy } from '../../shared/words/describe-local-proxy.ts';
import * as m from '../../shared/words/generated/messages.js';
import { changeProxyKey } from './change-proxy-key.ts';
import type { CommandBody, CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { findRemote } from './find-target.ts';
import type { RemovedTarget } from './json-envelope.ts';
import { printTable } from './print-table.ts';
import { describeForTerminal, reportError, reportJson } from './report.ts';
import { addRemote, changeRemote } from './set-up-target.ts';
import { painted } from './terminal-text.ts';
import { TARGET_OPTIONS } from './target-options.ts';
import { UsageError } from './usage-error.ts';

/** Which options each action takes. */
const SET_UP = ['key-from-env', 'key-from-ccs', 'profiles', 'manual', 'pin', 'plain-http', 'no-test'];
const OPTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  list: [],
  add: SET_UP,
  change: [...SET_UP, 'url', 'entries', 'new-key', 'forget-key', 'all-profiles', 'automatic'],
  test: [],
  remove: ['keep-entries', 'yes'],
  pause: [],
  resume: [],
};

export const targetsCommand: CommandBody = {
  usage: '[list | add NAME URL | change NAME | test NAME | remove NAME | pause NAME | resume NAME]',
  // Counted below: a word too much may be a key, which no message repeats.
  mostNames: null,
  options: TARGET_OPTIONS,
  run: async (input) => {
    const [action = 'list', name, ...rest] = input.names;
    checkWords(input, action);
    if (action === 'list') return list(input);
    if (name === undefined) throw new UsageError(`${action} needs the NAME of a target`);
    if (action === 'add') {
      const [url] = rest;
      if (url === undefined) throw new UsageError('add needs the URL of the server');
      return addRemote(input, name, url);
    }
    if (action === 'change' && name.trim().toLowerCase() === LOCAL_TARGET) return changeProxyKey(input);
    const target = findRemote(input, name);
    if (!target.ok) return reportError(input, target.error);
    switch (action) {
      case 'change':
        // Changing nothing would look like a success.
        if (![...input.flags, ...input.values.keys()].some((option) => option in TARGET_OPTIONS))
          throw new UsageError('change needs an option that says what');
        if (input.flags.has('forget-key'))
          throw new UsageError('--forget-key is for local; a server is forgotten with `targets remove`');
        return changeRemote(input, target.value);
      case 'test':
        return test(input, target.value);
      case 'remove':
        return remove(input, target.value);
      default:
        return pause(input, target.value, action === 'pause');
    }
  },
};

function checkWords({ names, flags, values }: CommandInput, action: string): void {
  const taken = OPTIONS_OF[action];
  if (taken === undefined) throw new UsageError('targets knows no such action');
  const most = action === 'add' ? 3 : action === 'list' ? 1 : 2;
  if (names.length > most)
    throw new UsageError(
      'there is a word too much. A key is never one of them, since others could read it in the list of processes: it is asked for',
    );
  const given = [...flags, ...values.keys()].filter((option) => option in TARGET_OPTIONS);
  const wrong = given.find((option) => !taken.includes(option));
  if (wrong !== undefined) throw new UsageError(`\`${`targets ${action}`.trim()}\` takes no --${wrong}`);
}

async function list(input: CommandInput): Promise<ExitCode> {
  const report = await input.core.targets();
  if (!report.ok) return reportError(input, report.error);
  const { terminal } = input;
  if (input.flags.has('json')) return reportJson(terminal, ExitCode.fine, report.value);
  const { local, remotes, suggestion } = report.value;
  if (remotes.length === 0) terminal.print(m.cli_targets_none());
  else {
    const heading = ['NAME', 'ID', 'ADDRESS', 'PROFILES', 'SYNC', 'KEY'];
    printTable(terminal, [heading, ...remotes.map(row)]);
  }
  // Of no interest on a machine that only syncs servers.
  if (local.known !== 'unknown' || local.keptFor !== null)
    terminal.print(m.cli_proxy_key_is({ text: describeLocalProxy(local) }));
  if (suggestion !== null) terminal.print(painted('dim', m.cli_targets_suggestion({ url: suggestion.url })));
  return ExitCode.fine;
}

function row(target: RemoteTarget & { readonly hasKey: boolean }): string[] {
  const { id, name, url, profiles, mode, paused, keySource, hasKey } = target;
  const place = keySource === 'environment' ? keyVariableOf(id) : keySource;
  const sync = paused ? 'paused' : mode === 'auto' ? 'automatic' : 'by hand';
  return [name, id, url, profiles?.join(', ') ?? 'all', sync, hasKey ? place : `missing (${place})`];
}

async function test(input: CommandInput, target: RemoteTarget): Promise<ExitCode> {
  const { id, url, certificate, plainHttp, name } = target;
  const request = { id, url, key: { kind: 'stored' }, certificate, plainHttp } as const;
  const { terminal } = input;
  const tested = await terminal.during(m.cli_looking(), input.core.testTarget(request));
  if (!tested.ok) return reportError(input, tested.error);
  const { fault, version, entries } = tested.value;
  const exitCode = fault === null ? ExitCode.fine : ExitCode.needsPerson;
  if (input.flags.has('json')) return reportJson(terminal, exitCode, tested.value);
  if (fault === null) {
    terminal.print(m.cli_target_works({ name, version: version ?? '?', count: entries ?? 0 }));
    return exitCode;
  }
  const { what, next } = describeForTerminal(input, { code: 'remote-fault', target: name, fault });
  terminal.print(painted('red', what));
  terminal.print(next);
  if (fault.code === 'wrong-key') terminal.print(m.cli_target_test_sends());
  return exitCode;
}

async function remove(input: CommandInput, { id, name }: RemoteTarget): Promise<ExitCode> {
  const entries = input.flags.has('keep-entries') ? 'keep' : 'remove';
  const { terminal, flags } = input;
  if (!flags.has('yes') && !(await agreesToRemove(input, name))) return reportKept(input);
  const removed = await terminal.during(m.cli_syncing(), input.core.removeTarget({ id, entries }));
  if (!removed.ok) {
    const exitCode = reportError(input, removed.error);
    if (removed.error.code === 'remote-fault') terminal.note(m.cli_target_keep_entries());
    return exitCode;
  }
  if (flags.has('json')) return reportJson(terminal, ExitCode.fine, { removed: id } satisfies RemovedTarget);
  terminal.print(entries === 'keep' ? m.cli_target_removed_kept({ name }) : m.cli_target_removed({ name }));
  return ExitCode.fine;
}

function agreesToRemove({ terminal, flags }: CommandInput, name: string): Promise<boolean> {
  if (flags.has('json')) return Promise.resolve(false);
  const question = flags.has('keep-entries')
    ? m.cli_target_remove_keep_ask({ name })
    : m.cli_target_remove_ask({ name });
  return terminal.agrees(question);
}

function reportKept({ terminal, flags }: CommandInput): ExitCode {
  if (flags.has('json'))
    return reportJson(terminal, ExitCode.needsPerson, { removed: null } satisfies RemovedTarget);
  terminal.note(terminal.interactive ? m.cli_nothing_written() : m.cli_target_remove_refused());
  return ExitCode.needsPerson;
}

async function pause(input: CommandInput, { id, name }: RemoteTarget, paused: boolean): Promise<ExitCode> {
  const changed = await input.core.updateTarget({ id, paused });
  if (!changed.ok) return reportError(input, changed.error);
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, changed.value);
  input.terminal.print(paused ? m.cli_target_paused({ name }) : m.cli_target_resumed({ name }));
  return ExitCode.fine;
}
