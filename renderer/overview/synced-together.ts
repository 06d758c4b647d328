import type { TargetState } from '../../shared/schema/state.ts';

/** The targets that "Sync now" is about: the local file first, and every server that is not paused. */
export function syncedTogether(targets: readonly TargetState[]): readonly string[] {
  const remotes = targets.filter(
    ({ remote, state }) => remote !== null && !remote.paused && state !== 'released',
  );
  return ['local', ...remotes.map(({ id }) => id)];
}
