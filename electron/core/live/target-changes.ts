import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { UpdateTarget } from '../../../shared/schema/remote.ts';
import type { Core } from '../core.ts';
import type { LiveCore } from '../live-core.ts';
import { releaseHold } from '../sync/release-hold.ts';
import { isLocal } from '../sync/remote-place.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import type { RemoteEngines } from './remote-engines.ts';

type Answer<T> = Promise<Result<T, AppError>>;

type TargetChanges = Pick<
  LiveCore,
  | 'releaseHold'
  | 'purgeHistory'
  | 'undo'
  | 'restoreFirst'
  | 'restoreLost'
  | 'release'
  | 'addTarget'
  | 'updateTarget'
  | 'removeTarget'
>;

/** What a person changes of one target, and of which targets there are. The state has it when it resolves. */
export function targetChanges({
  core,
  context,
  remotes,
  changing,
}: {
  readonly core: Core;
  readonly context: SyncContext;
  readonly remotes: RemoteEngines;
  /** A change of the local file. */
  readonly changing: <T>(work: () => Answer<T>) => Answer<T>;
}): TargetChanges {
  /** A remote's turn is its own; only to look what would be done needs none. */
  function changingOf<T>(
    { target, dryRun = false }: { readonly target?: string | undefined; readonly dryRun?: boolean },
    work: () => Answer<T>,
  ): Answer<T> {
    if (target === undefined || isLocal(target)) return changing(work);
    return dryRun ? work() : remotes.change(target, work);
  }

  /** The first look at a server comes after. */
  async function settingUp<T>(work: () => Answer<T>): Answer<T> {
    const done = await work();
    remotes.refresh();
    return done;
  }

  /** Taking our entries out must not meet a sync that brings them. */
  function takingOut<T>(
    { id, entries }: { readonly id: string; readonly entries?: UpdateTarget['entries'] },
    work: () => Answer<T>,
  ): Answer<T> {
    return entries === 'remove' ? remotes.change(id, work) : work();
  }

  return {
    releaseHold: (profile, target) => changingOf({ target }, () => releaseHold(context, profile, target)),
    purgeHistory: (first, target) => changingOf({ target }, () => core.purgeHistory(first, target)),
    undo: (id, request) => changingOf(request, () => core.undo(id, request)),
    restoreFirst: (request) => changingOf(request, () => core.restoreFirst(request)),
    restoreLost: (id, request) => changingOf(request, () => core.restoreLost(id, request)),
    release: (entries, request) => changingOf(request, () => core.release(entries, request)),
    addTarget: (request) => settingUp(() => core.addTarget(request)),
    updateTarget: (request) => settingUp(() => takingOut(request, () => core.updateTarget(request))),
    // Nobody looks any more at what is gone by then.
    removeTarget: (request) => takingOut(request, () => settingUp(() => core.removeTarget(request))),
  };
}
