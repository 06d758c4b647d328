import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import { isRefused } from '../targets/is-refused.ts';
import { proxyOrigin } from '../targets/proxy-origin.ts';
import type { OwnedEntry } from '../plan/owned-entry.ts';
import type { TargetContext } from './file-place.ts';
import type { PreparedSync } from './prepared-sync.ts';
import type { TargetState } from './target-state.ts';
import type { World } from './world.ts';

/** What was planned, and whether it was just written. */
export interface Observable {
  readonly state: TargetState;
  readonly world: World;
  readonly prepared: PreparedSync;
  readonly outcome: string;
}

/** A sync that wrote nothing may have taken over entries; what only was planned is not there yet. */
function ownedAfter({ state, prepared, outcome }: Omit<Observable, 'world'>): readonly OwnedEntry[] {
  return outcome === 'status' ? state.found.ledger.entries : prepared.plan.nextOwned;
}

/** Looks whether the running proxy has what the target holds after a sync, or now; null where it can't be read. */
export async function observeTarget(
  target: TargetContext,
  { state, world, prepared, outcome }: Observable,
): Promise<ProxyObservation | null> {
  const owned = ownedAfter({ state, prepared, outcome });
  if (target.remote !== null) {
    const { observationOf, observeRemote } = await import('./observe-remote.ts');
    // A look has just read the server; after a write its requests must be routed, too.
    return state.remote === undefined || outcome === 'written'
      ? observeRemote(target.remote, target, owned)
      : observationOf(state.remote, []);
  }
  // Often nothing runs: then neither HTTP nor the parser is even loaded.
  if (await isRefused(proxyOrigin(prepared.facts))) return { state: 'not-running' };
  const written = outcome === 'written' && prepared.newText !== null;
  const { observeFile } = await import('./observe-file.ts');
  return observeFile(target, {
    bytes: written ? Buffer.from(prepared.newText) : state.bytes,
    before: written ? (prepared.content?.entries ?? null) : null,
    owned: owned.map(({ prefix }) => prefix),
    ccsSecret: world.config?.managementSecret ?? null,
  });
}
