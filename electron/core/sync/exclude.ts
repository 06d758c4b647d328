import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { TargetContext } from './file-place.ts';
import { readLedger } from './ledger-file.ts';
import { peekHome, updateHome } from './home.ts';
import type { SyncContext } from './sync-context.ts';
import { locateTarget, readWorld } from './world.ts';

export interface ExcludeReport {
  /** All profiles that are kept out now, sorted. */
  readonly excluded: readonly string[];
}

export function listExcluded(context: SyncContext): Result<ExcludeReport, AppError> {
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  return home.ok ? ok({ excluded: home.value.memory.excluded }) : home;
}

/** The names of all profiles, those included of which only an entry is left. Errors: those of reading the profiles. */
export async function knownProfiles(context: SyncContext): Promise<Result<ReadonlySet<string>, AppError>> {
  const target = await locateTarget(context);
  return target.ok ? knownNames(target.value) : target;
}

async function knownNames(target: TargetContext): Promise<Result<ReadonlySet<string>, AppError>> {
  const { home, place } = target;
  const found = readLedger(place.ledger, home.fingerprint);
  if (!found.ok) return found;
  const { ledger } = found.value;
  const world = await readWorld(target, ledger);
  if (!world.ok) return world;
  const { profiles } = world.value.snapshot;
  return ok(new Set([...profiles.map(({ name }) => name), ...ledger.entries.map(({ profile }) => profile)]));
}

/**
 * Keeps profiles out of the sync, or takes them in again. What stands in the target changes with the next sync.
 * A name that nothing is known of is refused, so that a typing error is noticed.
 * Errors: `unknown-profile`, and those of reading the profiles.
 */
export async function setExcluded(
  context: SyncContext,
  change: 'add' | 'remove',
  names: readonly string[],
): Promise<Result<ExcludeReport, AppError>> {
  const target = await locateTarget(context);
  if (!target.ok) return target;
  const { home } = target.value;
  if (change === 'add') {
    const known = await knownNames(target.value);
    if (!known.ok) return known;
    const unknown = names.find((name) => !known.value.has(name));
    if (unknown !== undefined) return err({ code: 'unknown-profile', name: unknown });
  } else {
    const unknown = names.find((name) => !home.memory.excluded.includes(name));
    if (unknown !== undefined) return err({ code: 'unknown-profile', name: unknown });
  }
  const named = new Set(names);
  const updated = await updateHome(
    home,
    ({ excluded }) => {
      const others = excluded.filter((name) => !named.has(name));
      return { excluded: change === 'remove' ? others : [...others, ...named].sort() };
    },
    context.clock,
  );
  return updated.ok ? ok({ excluded: updated.value.memory.excluded }) : updated;
}
