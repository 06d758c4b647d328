import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { choosableProfiles } from '../targets/choosable-profiles.ts';
import type { AppState } from '../../shared/schema/state.ts';

/**
 * Takes a profile in for a server, or out of it. Where all are synced to it, taking one out chooses all the others:
 * those that are made later are then not among them.
 */
export async function chooseForServer(
  client: Client,
  state: AppState,
  choice: { readonly server: string; readonly profile: string; readonly isChosen: boolean },
): Promise<Result<null, AppError>> {
  const configured = await client.call('targets.configured', {});
  if (!configured.ok) return configured;
  const server = configured.value.remotes.find(({ id }) => id === choice.server);
  if (server === undefined) return err({ code: 'unknown-target', name: choice.server });
  const chosen = server.profiles ?? choosableProfiles(state.profiles, null);
  const others = chosen.filter((name) => name !== choice.profile);
  const profiles = choice.isChosen ? [...others, choice.profile].sort((a, b) => a.localeCompare(b)) : others;
  const answer = await client.call('targets.update', { id: choice.server, profiles });
  return answer.ok ? ok(null) : answer;
}
