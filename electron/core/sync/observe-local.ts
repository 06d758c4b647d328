import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import { isRefused } from '../targets/is-refused.ts';
import { managementKeyCandidates } from '../targets/management-key.ts';
import { observeProxy } from '../targets/probe.ts';
import { proxyOrigin } from '../targets/proxy-origin.ts';
import { readTargetText } from '../targets/target-text.ts';
import type { SectionEntry } from '../yaml/section.ts';
import type { TargetContext } from './file-place.ts';
import { updateHome } from './home.ts';
import type { PreparedSync } from './prepare-sync.ts';
import type { TargetState } from './target-state.ts';
import type { World } from './world.ts';

/** What was planned, and whether it was just written. */
export interface Observable {
  readonly state: TargetState;
  readonly world: World;
  readonly prepared: PreparedSync;
  readonly outcome: string;
}

/** Looks whether the running proxy has what the file holds now; null where the file can't be read. */
export async function observeLocal(
  target: TargetContext,
  { state, world, prepared, outcome }: Observable,
): Promise<ProxyObservation | null> {
  // Often nothing runs: then neither HTTP is needed nor the file parsed again.
  if (await isRefused(proxyOrigin(prepared.facts))) return { state: 'not-running' };
  const written = outcome === 'written' && prepared.newText !== null;
  const bytes = written ? Buffer.from(prepared.newText) : state.bytes;
  const content = readTargetText(state.path, bytes, 'by-us');
  if (!content.ok) return null;
  const { facts, entries } = content.value;
  const secret = target.home.fingerprint(facts.secretKey);
  const refusedBefore = target.home.memory.refusedSecret === secret;
  const observation = await observeProxy({
    realPath: target.place.realPath,
    facts,
    entries,
    expect: {
      // A sync that wrote nothing may have taken over entries; what only was planned is not there yet.
      owned: (outcome === 'status' ? state.found.ledger.entries : prepared.plan.nextOwned).map(
        ({ prefix }) => prefix,
      ),
      removedPrefixes: written ? removedPrefixes(prepared, entries) : [],
      before: written ? (prepared.content?.entries ?? null) : null,
    },
    managementKeys: refusedBefore
      ? []
      : managementKeyCandidates({
          setting: null,
          environment: target.context.env,
          ccsSecret: world.config?.managementSecret ?? null,
        }),
    clock: target.context.clock,
    mode: written ? 'after-write' : 'once',
  });
  if ('management' in observation && observation.management === 'refused') {
    // Five refusals shut everybody out for 30 minutes: this secret is not tried again. Losing the note is harmless.
    await updateHome(target.home, () => ({ refusedSecret: secret }), target.context.clock);
  }
  return observation;
}

/** Prefixes that our change took out of the file altogether. */
function removedPrefixes(prepared: PreparedSync, after: readonly SectionEntry[]): readonly string[] {
  const left = new Set(after.map(({ prefix }) => prefix));
  const before = prepared.plan.operations.flatMap((operation) => {
    if (operation.op === 'remove') return [operation.entry.prefix];
    return operation.op === 'update' && operation.set.prefix !== undefined ? [operation.entry.prefix] : [];
  });
  return before.filter((prefix) => prefix !== '' && !left.has(prefix));
}
