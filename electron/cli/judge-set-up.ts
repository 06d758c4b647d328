import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { canonicalRemoteUrl } from '../../shared/rules/remote-url.ts';
import { targetIdOf } from '../../shared/rules/target-id.ts';
import { createContext } from '../core/core.ts';
import { checkTargetName } from '../core/targets/target-name.ts';
import type { CommandInput } from './command.ts';
import { remoteTargets } from './find-target.ts';
import type { TargetOptions } from './target-options.ts';

/** What can be said without asking the server; the id that it would have. */
export async function judgeAddition(
  input: CommandInput,
  { profiles }: TargetOptions,
  { name, url: typed }: { readonly name: string; readonly url: string },
): Promise<Result<string, AppError>> {
  const remotes = remoteTargets(input);
  if (!remotes.ok) return remotes;
  const checked = checkTargetName(name, remotes.value);
  if (!checked.ok) return checked;
  const url = canonicalRemoteUrl(typed);
  const twin = remotes.value.find((target) => target.url === url);
  if (twin !== undefined) return err({ code: 'target-url-taken', name: twin.name });
  const known = await checkProfiles(input, profiles, []);
  if (!known.ok) return known;
  const taken = remotes.value.map((target) => target.id);
  return ok(targetIdOf(checked.value, taken));
}

/** A name that nothing is known of is refused, so that a typing error is noticed. `before`: those that were chosen. */
export async function checkProfiles(
  { deps }: CommandInput,
  names: TargetOptions['profiles'],
  before: readonly string[],
): Promise<Result<void, AppError>> {
  if (names === undefined || names === null) return ok(undefined);
  const context = createContext(deps);
  if (!context.ok) return context;
  const { knownProfiles } = await import('../core/sync/exclude.ts');
  const known = await knownProfiles(context.value);
  if (!known.ok) return known;
  const unknown = names.find((name) => !known.value.has(name) && !before.includes(name));
  return unknown === undefined ? ok(undefined) : err({ code: 'unknown-profile', name: unknown });
}
