import type { AppError } from '../../shared/errors.ts';
import { keyVariableOf } from '../../shared/rules/target-id.ts';
import { LOCAL_TARGET, type RemoteFault, type RemoteTarget } from '../../shared/schema/remote.ts';
import { describeError } from '../../shared/words/describe-error.ts';
import * as m from '../../shared/words/generated/messages.js';
import { joinSentences } from '../../shared/words/join-sentences.ts';
import { shellCommand } from '../../shared/words/shell-word.ts';
import type { CommandInput } from './command.ts';
import { findRemote } from './find-target.ts';

type Situation = Pick<CommandInput, 'deps' | 'values' | 'service'>;

/**
 * What to do about an error, as a command that can be typed as it stands; null where the error's own words are all.
 * A server that is only about to be set up has no such command.
 */
export function adviceOn(error: AppError, { deps, values, service }: Situation): string | null {
  switch (error.code) {
    case 'unknown-record':
    case 'nothing-to-undo': {
      const target = values.get('target');
      if (target === undefined || target === LOCAL_TARGET) return null;
      return m.cli_history_see({ command: shellCommand('cliproxy-sync', 'history', '--target', target) });
    }
    case 'remote-fault': {
      const target = findRemote({ deps }, error.target);
      if (!target.ok) return null;
      const { fault } = error;
      if (fault.code === 'no-key' && fault.source === 'environment') return variable(target.value, service);
      const more = wayOut(fault, target.value);
      return more === null ? null : joinSentences([describeError(error).next, more]);
    }
    default:
      return null;
  }
}

function wayOut(fault: RemoteFault, target: RemoteTarget): string | null {
  switch (fault.code) {
    case 'tls-changed':
    case 'tls-untrusted': {
      const { fingerprint } = fault;
      if (fingerprint === null) return null;
      return m.cli_fault_pin({ fingerprint, command: change(target, '--pin', fingerprint) });
    }
    case 'wrong-key':
    case 'no-key':
      return m.cli_fault_new_key({ command: change(target, '--new-key') });
    default:
      return null;
  }
}

function variable(target: RemoteTarget, service: Situation['service']): string {
  const words = { variable: keyVariableOf(target.id), command: change(target, '--new-key') };
  return service === null
    ? m.cli_fault_variable(words)
    : m.cli_fault_variable_service({ ...words, pid: service.pid });
}

function change({ name }: RemoteTarget, ...options: readonly string[]): string {
  return shellCommand('cliproxy-sync', 'targets', 'change', name, ...options);
}
