import { findProvider } from './find-provider.ts';
import type { Catalog, CatalogModel, CatalogProvider } from '../schema/catalog.ts';

/** What speaks against a model that a profile names, as far as the profile's own provider can tell. */
export interface ModelTrouble {
  readonly kind: 'broken' | 'deprecated' | 'unknown';
  readonly provider: CatalogProvider;
  readonly providerName: string;
  readonly reason: string | null;
  /** The provider's default, where it is another model that nothing speaks against; null where nobody names one. */
  readonly replacement: string | null;
}

/** A catalog by provider and id, made once for many questions. */
export type ModelIndex = ReadonlyMap<CatalogProvider, ProviderIndex>;

interface ProviderIndex {
  readonly name: string;
  readonly defaultModel: string | null;
  /** By id in lower case. */
  readonly models: ReadonlyMap<string, CatalogModel>;
  /** By id without the date at its end, of those that have one. */
  readonly dated: ReadonlyMap<string, CatalogModel>;
  /** Whether an id that is not in it means something: the proxy's own list is there, and not old. */
  readonly isComplete: boolean;
}

export function indexModels({ state, providers }: Catalog): ModelIndex {
  const isFresh = state.origin.kind === 'live' || state.origin.kind === 'cached';
  return new Map(
    providers.map(({ provider, displayName, defaultModel, models }) => {
      const isFailed = state.failed.some((one) => one.provider === provider);
      const byId = new Map(models.map((model) => [model.id.toLowerCase(), model]));
      const dated = models.filter(({ id }) => undated(id) !== id.toLowerCase());
      const fallback = byId.get(defaultModel.toLowerCase());
      const isSound = fallback !== undefined && !fallback.broken && !fallback.deprecated;
      return [
        provider,
        {
          name: displayName,
          defaultModel: isSound ? fallback.id : null,
          models: byId,
          dated: new Map(dated.map((model) => [undated(model.id), model])),
          // Our own facts name a few models of a day: what they lack may well exist.
          isComplete: isFresh && !isFailed && models.some(({ source }) => source !== 'static'),
        },
      ];
    }),
  );
}

/**
 * What is wrong with a model at the provider that the base URL leads to; null where nothing is known against it. Other
 * providers' facts say nothing here: that Antigravity broke a model is no news for who asks Anthropic.
 */
export function judgeModel(index: ModelIndex, baseUrl: string, model: string): ModelTrouble | null {
  const name = modelId(model);
  const provider = findProvider(baseUrl);
  const known = provider === null ? undefined : index.get(provider);
  if (name === '' || provider === null || known === undefined) return null;
  if (provider === 'claude' && CLIENT_ALIASES.has(name)) return null;
  const found =
    known.models.get(name) ??
    known.dated.get(name.replace(/-latest$/, '')) ??
    known.models.get(undated(name));
  const trouble = (kind: ModelTrouble['kind'], reason: string | null): ModelTrouble => ({
    kind,
    provider,
    providerName: known.name,
    reason,
    replacement: soundDefault(index, provider, name),
  });
  if (found === undefined) return known.isComplete ? trouble('unknown', null) : null;
  if (found.broken) return trouble('broken', found.deprecationReason);
  return found.deprecated ? trouble('deprecated', found.deprecationReason) : null;
}

/** A model of a list with what speaks against it. */
export interface TroubledModel {
  readonly model: string;
  readonly trouble: ModelTrouble;
}

/** The first of some models of a profile that something speaks against; null where nothing does against any. */
export function firstTrouble(
  index: ModelIndex,
  baseUrl: string,
  models: readonly string[],
): TroubledModel | null {
  for (const model of models) {
    const trouble = judgeModel(index, baseUrl, model);
    if (trouble !== null) return { model, trouble };
  }
  return null;
}

/** Names that Claude Code itself turns into a model's. */
const CLIENT_ALIASES: ReadonlySet<string> = new Set([
  'default',
  'best',
  'opus',
  'sonnet',
  'haiku',
  'opusplan',
]);

/** What can be used instead of a model at its provider: its default, where nothing speaks against that; else null. */
export function soundDefault(index: ModelIndex, provider: CatalogProvider, instead: string): string | null {
  const defaultModel = index.get(provider)?.defaultModel ?? null;
  return defaultModel?.toLowerCase() === instead.toLowerCase() ? null : defaultModel;
}

/** An id as it is looked up: without `[1m]` and `(high)`, which ask for a longer context or more thought. */
function modelId(model: string): string {
  return model
    .trim()
    .toLowerCase()
    .replace(/(\[1m\]|\([\w-]+\))+$/, '');
}

/** Providers answer to `claude-sonnet-4-5` where they have `claude-sonnet-4-5-20250929`. */
function undated(id: string): string {
  return id.toLowerCase().replace(/-(\d{8}|latest)$/, '');
}
