import { openTarget } from '../files/open-target.ts';
import { readTargetText } from '../targets/target-text.ts';
import type { ConfigFacts } from '../yaml/config-facts.ts';
import type { TargetContext } from './file-place.ts';

/** What the local configuration says besides its entries; null where there is none that can be read. */
export async function readLocalFacts({ place }: Pick<TargetContext, 'place'>): Promise<ConfigFacts | null> {
  const opened = await openTarget(place.path, 'read');
  if (!opened.ok) return null;
  await opened.value.close();
  const content = readTargetText(place.path, opened.value.bytes, 'by-others');
  return content.ok ? content.value.facts : null;
}
