import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { CommandInput } from './command.ts';

/**
 * Why the local configuration is no concern of a command that asks all targets, in a line; null where it is. Who
 * syncs servers only has no file here that we ever wrote, or has released it.
 */
export async function unusedLocal(
  { core }: Pick<CommandInput, 'core'>,
  local: Result<{ readonly isReleased: boolean }, AppError>,
): Promise<string | null> {
  if (local.ok) return local.value.isReleased ? m.cli_only_servers_released() : null;
  if (local.error.code !== 'target-missing') return null;
  const history = await core.history();
  if (!history.ok) return null;
  const { records, first } = history.value;
  return records.length === 0 && !first ? m.cli_only_servers() : null;
}
