import type { CatalogModel, Thinking } from '../../shared/schema/catalog.ts';

/** JSON as it stands in the proxy's answer, or in our file of facts: read by no schema of ours. */
export type RawModel = Readonly<Record<string, unknown>>;

/** From here on a context counts as extended. */
const EXTENDED = 1_000_000;

/**
 * The rules of the merge written once more, another way than `merge-catalog.ts` does: one provider's models as they must
 * be, in their order. For tests alone.
 */
export function expectedModels(defined: readonly RawModel[], facts: readonly RawModel[]): CatalogModel[] {
  const pairs = new Map<string, { live: RawModel | null; ours: RawModel | null }>();
  for (const live of defined) {
    const id = String(live['id']).toLowerCase();
    if (!pairs.has(id)) pairs.set(id, { live, ours: null });
  }
  for (const ours of facts) {
    const id = String(ours['id']).toLowerCase();
    pairs.set(id, { live: pairs.get(id)?.live ?? null, ours });
  }
  return [...pairs.values()].map(expectedModel);
}

function expectedModel({ live, ours }: { live: RawModel | null; ours: RawModel | null }): CatalogModel {
  const said = (raw: RawModel | null, ...names: readonly string[]): unknown =>
    names.map((name) => raw?.[name]).find((value) => value !== undefined && value !== '') ?? null;
  const context = said(live, 'context_length', 'inputTokenLimit') as number | null;
  const image = ours?.['nativeImageInput'] === true ? ['text', 'image'] : [];
  return {
    id: said(live ?? ours, 'id') as string,
    name: (said(live, 'display_name') ?? said(ours, 'name') ?? said(live, 'id')) as string,
    version: said(live, 'version') as string | null,
    description: said(live, 'description') as string | null,
    contextLength: context,
    outputLimit: said(live, 'max_completion_tokens', 'outputTokenLimit') as number | null,
    inputModalities: (said(live, 'supportedInputModalities') ?? image) as string[],
    outputModalities: (said(live, 'supportedOutputModalities') ?? []) as string[],
    thinking: expectedThinking(
      said(live, 'thinking') as RawModel | null,
      said(ours, 'thinking') as RawModel | null,
    ),
    tier: said(ours, 'tier') as string | null,
    broken: ours?.['broken'] === true,
    deprecated: ours?.['deprecated'] === true,
    deprecationReason: said(ours, 'deprecationReason') as string | null,
    issueUrl: said(ours, 'issueUrl') as string | null,
    extendedContext:
      context === null ? (said(ours, 'extendedContext') as boolean | null) : context >= EXTENDED,
    source: live === null ? 'static' : ours === null ? 'remote' : 'both',
  };
}

function expectedThinking(live: RawModel | null, ours: RawModel | null): Thinking | null {
  if (live === null && ours === null) return null;
  const said = live ?? ours ?? {};
  const kind = live === null ? said['type'] : 'live';
  const hasBudget = kind === 'budget' || (kind === 'live' && ('min' in said || 'max' in said));
  return {
    budget: hasBudget
      ? { min: (said['min'] ?? null) as number | null, max: (said['max'] ?? null) as number | null }
      : null,
    levels: kind === 'budget' || kind === 'none' ? [] : ((said['levels'] ?? []) as string[]),
    maxLevel: (ours?.['maxLevel'] ?? null) as string | null,
    zeroAllowed: (said['zero_allowed'] ?? said['zeroAllowed'] ?? null) as boolean | null,
    dynamicAllowed: (said['dynamic_allowed'] ?? said['dynamicAllowed'] ?? null) as boolean | null,
  };
}
