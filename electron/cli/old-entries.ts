import { canonicalRemoteUrl } from '../../shared/rules/remote-url.ts';
import type { RemoteTarget, UpdateTarget } from '../../shared/schema/remote.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { CommandInput } from './command.ts';
import { UsageError } from './usage-error.ts';

type OldEntries = UpdateTarget['entries'];

/**
 * What becomes of our entries on a server whose address changes: what `--entries` says, else what a person answers.
 * Undefined where there is nothing to say, or nobody to ask: the engine refuses that where it matters. Throws
 * `UsageError`.
 */
export async function oldEntries(
  input: CommandInput,
  before: RemoteTarget,
  typed: string,
): Promise<OldEntries> {
  const said = input.values.get('entries');
  const isMoved = canonicalRemoteUrl(typed) !== before.url;
  if (said !== undefined) {
    if (!isMoved) throw new UsageError('--entries is for another address: --url says which');
    return choiceOf(said);
  }
  const { terminal, flags, core } = input;
  if (!isMoved || !terminal.interactive || flags.has('json')) return undefined;
  const targets = await core.targets();
  const isKnown =
    targets.ok && targets.value.remotes.some(({ id, wasSynced }) => id === before.id && wasSynced);
  if (!isKnown) return undefined;
  if (await terminal.agrees(m.cli_target_same_server_ask({ url: before.url }))) return 'move';
  return (await terminal.agrees(m.cli_target_clean_old_ask())) ? 'remove' : 'keep';
}

function choiceOf(said: string): NonNullable<OldEntries> {
  if (said === 'move' || said === 'remove' || said === 'keep') return said;
  throw new UsageError('--entries is `move`, `remove` or `keep`');
}
