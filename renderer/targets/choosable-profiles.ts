import { skipGroup } from '../../shared/schema/skip-group.ts';
import type { SkipCode } from '../../shared/schema/skip.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';

/** Kept out here, and perhaps not there: taken in again one day, or a loop only on this machine. */
const MAY_FIT: ReadonlySet<SkipCode> = new Set(['excluded', 'proxy-loop']);

/**
 * The names that can be chosen for a server, sorted: what is never synced is not among them, what was chosen once
 * stays, whatever became of it.
 */
export function choosableProfiles(
  profiles: readonly ProfileStatus[],
  chosen: readonly string[] | null,
): readonly string[] {
  const fitting = profiles.filter(
    ({ reason }) => reason === null || skipGroup(reason.code) === 'needs-you' || MAY_FIT.has(reason.code),
  );
  const names = new Set([...fitting.map(({ name }) => name), ...(chosen ?? [])]);
  return [...names].sort((a, b) => a.localeCompare(b));
}
