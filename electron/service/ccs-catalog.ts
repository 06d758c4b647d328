import type { Catalog, CatalogModel, CatalogState, Thinking } from '../../shared/schema/catalog.ts';

/** The catalog as CCS's dashboard gives it (7.79.1); what nobody says is absent there. */
export function ccsCatalog({ providers, state }: Catalog, nowMs: number): unknown {
  return {
    catalogs: Object.fromEntries(
      providers.map(({ provider, displayName, defaultModel, models }) => [
        provider,
        { provider, displayName, defaultModel, models: models.map(ccsModel) },
      ]),
    ),
    // CCS tells which model names its own providers shadow; we serve no providers.
    routing: {},
    source: SOURCES[state.origin.kind],
    cache: {
      synced: state.origin.kind !== 'static',
      age: state.origin.kind === 'static' ? null : Math.max(0, nowMs - state.origin.fetchedMs),
    },
  };
}

const SOURCES: Readonly<Record<CatalogState['origin']['kind'], 'live' | 'cache' | 'static'>> = {
  live: 'live',
  cached: 'cache',
  stale: 'cache',
  static: 'static',
};

function ccsModel(model: CatalogModel): Record<string, unknown> {
  const { tier, description, deprecationReason, issueUrl, extendedContext } = model;
  const optional = { tier, description, deprecationReason, issueUrl, extendedContext };
  return {
    id: model.id,
    name: model.name,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
    ...(model.broken ? { broken: true } : {}),
    ...(model.deprecated ? { deprecated: true } : {}),
    ...(model.inputModalities.includes('image') ? { nativeImageInput: true } : {}),
    ...(model.thinking === null ? {} : { thinking: ccsThinking(model.thinking) }),
  };
}

/** CCS knows one kind for each model; levels go before a budget, as it has it. */
function ccsThinking({ budget, levels, maxLevel, zeroAllowed, dynamicAllowed }: Thinking): unknown {
  const flags = {
    ...(zeroAllowed === null ? {} : { zeroAllowed }),
    ...(dynamicAllowed === null ? {} : { dynamicAllowed }),
  };
  if (levels.length > 0)
    return { type: 'levels', levels, ...(maxLevel === null ? {} : { maxLevel }), ...flags };
  if (budget === null) return { type: 'none' };
  const { min, max } = budget;
  return { type: 'budget', ...(min === null ? {} : { min }), ...(max === null ? {} : { max }), ...flags };
}
