import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { LOCAL_TARGET, type RemoteTarget } from '../../shared/schema/remote.ts';
import { createContext } from '../core/core.ts';
import { peekHome } from '../core/sync/home.ts';
import { readRemoteTargets } from '../core/targets/remote-targets.ts';
import type { CommandInput } from './command.ts';

/** The servers that are set up, from our own file alone: nobody is asked. Error: `state-unusable`. */
export function remoteTargets({
  deps,
}: Pick<CommandInput, 'deps'>): Result<readonly RemoteTarget[], AppError> {
  const context = createContext(deps);
  if (!context.ok) return context;
  const home = peekHome(context.value.stateFolder, context.value.ccsDirectory);
  return home.ok ? readRemoteTargets(home.value.folder) : home;
}

/** A server by its name, whatever the case, or by its id. Errors: `unknown-target`, `state-unusable`. */
export function findRemote(input: Pick<CommandInput, 'deps'>, name: string): Result<RemoteTarget, AppError> {
  const remotes = remoteTargets(input);
  if (!remotes.ok) return remotes;
  const wanted = name.trim().toLowerCase();
  const found =
    remotes.value.find((target) => target.name.toLowerCase() === wanted) ??
    remotes.value.find((target) => target.id === wanted);
  return found === undefined ? err({ code: 'unknown-target', name }) : ok(found);
}

/**
 * The id of the target that `--target`, or another such option, names; undefined without it, which is the local file.
 * Errors: `unknown-target`, `state-unusable`.
 */
export function chosenTarget(
  input: Pick<CommandInput, 'deps' | 'values'>,
  option: 'target' | 'from' = 'target',
): Result<string | undefined, AppError> {
  const name = input.values.get(option);
  if (name === undefined || name === LOCAL_TARGET) return ok(name);
  const remote = findRemote(input, name);
  return remote.ok ? ok(remote.value.id) : remote;
}
