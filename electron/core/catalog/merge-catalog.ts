import type {
  CatalogModel,
  CatalogProvider,
  ProviderCatalog,
  Thinking,
} from '../../../shared/schema/catalog.ts';
import type { RemoteModel } from './remote-model.ts';
import type { StaticModel, StaticProvider } from './static-facts.ts';

/** From here on a context counts as extended, in tokens; CCS's rule. */
const EXTENDED_CONTEXT = 1_000_000;

export interface MergeInput {
  readonly provider: CatalogProvider;
  /** Null where we bring no facts of this provider. */
  readonly known: StaticProvider | null;
  readonly remote: readonly RemoteModel[];
}

/**
 * One provider's models, the proxy's definitions over our facts, matched by id in any case. The proxy's word counts
 * for name, version, description, limits and thinking; only we know `tier`, `broken`, `deprecated` and why,
 * `issueUrl` and the highest level of thinking. What only one side has stays. The proxy's models come first, in its
 * order.
 */
export function mergeCatalog({ provider, known, remote }: MergeInput): ProviderCatalog {
  const facts = new Map((known?.models ?? []).map((model) => [model.id.toLowerCase(), model]));
  const served = remote.map((model) => mergeModel(model, facts.get(model.id.toLowerCase()) ?? null));
  const ids = new Set(remote.map(({ id }) => id.toLowerCase()));
  const kept = (known?.models ?? []).filter(({ id }) => !ids.has(id.toLowerCase())).map(ofStatic);
  const models = [...served, ...kept];
  return {
    provider,
    displayName: known?.displayName ?? DISPLAY_NAMES[provider] ?? provider,
    defaultModel: known?.defaultModel ?? models[0]?.id ?? '',
    models,
  };
}

/** Of providers that we bring no facts of. */
const DISPLAY_NAMES: Partial<Record<CatalogProvider, string>> = { kimi: 'Kimi', xai: 'xAI' };

function mergeModel(remote: RemoteModel, known: StaticModel | null): CatalogModel {
  const facts = known === null ? null : ofStatic(known);
  const contextLength = remote.context_length ?? remote.inputTokenLimit ?? null;
  const thinking = thinkingOfRemote(remote.thinking);
  return {
    id: remote.id,
    name: nonEmpty(remote.display_name) ?? facts?.name ?? remote.id,
    version: nonEmpty(remote.version),
    description: nonEmpty(remote.description),
    contextLength,
    outputLimit: remote.max_completion_tokens ?? remote.outputTokenLimit ?? null,
    inputModalities: remote.supportedInputModalities ?? facts?.inputModalities ?? [],
    outputModalities: remote.supportedOutputModalities ?? [],
    thinking:
      thinking === null
        ? (facts?.thinking ?? null)
        : { ...thinking, maxLevel: facts?.thinking?.maxLevel ?? null },
    tier: facts?.tier ?? null,
    broken: facts?.broken ?? false,
    deprecated: facts?.deprecated ?? false,
    deprecationReason: facts?.deprecationReason ?? null,
    issueUrl: facts?.issueUrl ?? null,
    extendedContext:
      contextLength === null ? (facts?.extendedContext ?? null) : contextLength >= EXTENDED_CONTEXT,
    source: known === null ? 'remote' : 'both',
  };
}

function ofStatic(model: StaticModel): CatalogModel {
  return {
    id: model.id,
    name: model.name,
    version: null,
    description: null,
    contextLength: null,
    outputLimit: null,
    inputModalities: model.nativeImageInput === true ? ['text', 'image'] : [],
    outputModalities: [],
    thinking: thinkingOfStatic(model.thinking),
    tier: model.tier ?? null,
    broken: model.broken ?? false,
    deprecated: model.deprecated ?? false,
    deprecationReason: model.deprecationReason ?? null,
    issueUrl: model.issueUrl ?? null,
    extendedContext: model.extendedContext ?? null,
    source: 'static',
  };
}

function thinkingOfRemote(thinking: RemoteModel['thinking']): Thinking | null {
  if (thinking === undefined) return null;
  const { min, max, levels = [], zero_allowed: zeroAllowed, dynamic_allowed: dynamicAllowed } = thinking;
  return {
    budget: min === undefined && max === undefined ? null : { min: min ?? null, max: max ?? null },
    levels,
    maxLevel: null,
    zeroAllowed: zeroAllowed ?? null,
    dynamicAllowed: dynamicAllowed ?? null,
  };
}

function thinkingOfStatic(thinking: StaticModel['thinking']): Thinking | null {
  if (thinking === undefined) return null;
  const { type, min, max, levels = [], maxLevel, zeroAllowed, dynamicAllowed } = thinking;
  return {
    budget: type === 'budget' ? { min: min ?? null, max: max ?? null } : null,
    levels: type === 'levels' ? levels : [],
    maxLevel: maxLevel ?? null,
    zeroAllowed: zeroAllowed ?? null,
    dynamicAllowed: dynamicAllowed ?? null,
  };
}

function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
