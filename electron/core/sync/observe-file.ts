import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import { keptProxyKey } from '../targets/kept-proxy-key.ts';
import { managementKeyCandidates } from '../targets/management-key.ts';
import { observeProxy } from '../targets/probe.ts';
import { proxyOrigin } from '../targets/proxy-origin.ts';
import { readTargetText } from '../targets/target-text.ts';
import type { SectionEntry } from '../yaml/section.ts';
import type { TargetContext } from './file-place.ts';
import { rememberRefusedSecret } from './home.ts';

/** A configuration as it stands. */
export interface FileLook {
  readonly bytes: Uint8Array;
  /** The entries from before it was just written; null where it was not. */
  readonly before: readonly SectionEntry[] | null;
  /** Prefixes of the entries that are ours: their names must be served. */
  readonly owned: readonly string[];
  readonly ccsSecret: string | null;
}

/** Looks whether the running proxy has what a file holds; null where the file can't be read. */
export async function observeFile(target: TargetContext, look: FileLook): Promise<ProxyObservation | null> {
  const content = readTargetText(target.place.path, look.bytes, 'by-us');
  if (!content.ok) return null;
  const { facts, entries } = content.value;
  const secret = target.home.fingerprint(facts.secretKey);
  const refusedBefore = target.home.memory.refusedSecret === secret;
  const observation = await observeProxy({
    realPath: target.place.realPath,
    facts,
    entries,
    expect: {
      owned: look.owned,
      removedPrefixes: removedPrefixes(look.before ?? [], entries),
      before: look.before,
    },
    managementKeys: refusedBefore
      ? []
      : managementKeyCandidates({
          setting: keptProxyKey(target.home.folder, proxyOrigin(facts)),
          environment: target.context.env,
          ccsSecret: look.ccsSecret,
        }),
    clock: target.context.clock,
    mode: look.before === null ? 'once' : 'after-write',
  });
  if ('management' in observation && observation.management === 'refused') {
    await rememberRefusedSecret(target.home, facts.secretKey, target.context.clock);
  }
  return observation;
}

/** Prefixes that no entry has any more: none of their names may be served. */
function removedPrefixes(before: readonly SectionEntry[], after: readonly SectionEntry[]): readonly string[] {
  const left = new Set(after.map(({ prefix }) => prefix));
  return [...new Set(before.map(({ prefix }) => prefix))].filter(
    (prefix) => prefix !== '' && !left.has(prefix),
  );
}
