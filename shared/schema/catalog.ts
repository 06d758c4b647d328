import * as z from 'zod/mini';

/** Providers of the catalog by CCS's names. The first four are those that CCS syncs. */
export const CatalogProvider = z.enum(['agy', 'gemini', 'codex', 'claude', 'kimi', 'xai']);
export type CatalogProvider = z.infer<typeof CatalogProvider>;

/** How a model can be told to think: by a budget of tokens, by named levels, or both. */
export const Thinking = z.object({
  /** Tokens; null where it has no budget. */
  budget: z.nullable(z.object({ min: z.nullable(z.number()), max: z.nullable(z.number()) })),
  levels: z.readonly(z.array(z.string())),
  /** The highest level that makes sense, where that was found out. */
  maxLevel: z.nullable(z.string()),
  /** Whether it may be told not to think. */
  zeroAllowed: z.nullable(z.boolean()),
  /** Whether it may choose by itself. */
  dynamicAllowed: z.nullable(z.boolean()),
});
export type Thinking = z.infer<typeof Thinking>;

/** Where something is known from: our static facts, the proxy's own definitions, or both. */
export const FactSource = z.enum(['static', 'remote', 'both']);
export type FactSource = z.infer<typeof FactSource>;

/** One model. Null and empty: nobody says. */
export const CatalogModel = z.object({
  id: z.string(),
  name: z.string(),
  version: z.nullable(z.string()),
  description: z.nullable(z.string()),
  /** Tokens. */
  contextLength: z.nullable(z.number()),
  /** Tokens. */
  outputLimit: z.nullable(z.number()),
  inputModalities: z.readonly(z.array(z.string())),
  outputModalities: z.readonly(z.array(z.string())),
  /** Null: not known; without budget and levels: it does not think. */
  thinking: z.nullable(Thinking),
  tier: z.nullable(z.string()),
  broken: z.boolean(),
  deprecated: z.boolean(),
  deprecationReason: z.nullable(z.string()),
  issueUrl: z.nullable(z.string()),
  /** A context of a million tokens and more. */
  extendedContext: z.nullable(z.boolean()),
  source: FactSource,
});
export type CatalogModel = z.infer<typeof CatalogModel>;

export const ProviderCatalog = z.object({
  provider: CatalogProvider,
  displayName: z.string(),
  /** `''`: nobody names one. */
  defaultModel: z.string(),
  models: z.readonly(z.array(CatalogModel)),
});
export type ProviderCatalog = z.infer<typeof ProviderCatalog>;

/**
 * Why the proxy's definitions could not be fetched. `no-config`: there is no configuration that names a proxy.
 * `no-key`: none that we know fits its `secret-key`, so none was sent. `refused` (401): not sent again but by a person, or with
 * another `secret-key`. `forbidden` (403): this address is shut out, or may not ask. `other-program`: what answers is
 * not CLIProxyAPI. `bad-answer`: not what it must be. `empty`: it names no model at all. Of remote servers alone:
 * `plain-http`: nobody agreed to send the key there without encryption.
 */
export const CatalogFault = z.enum([
  'no-config',
  'not-running',
  'unreachable',
  'other-program',
  'no-key',
  'api-off',
  'refused',
  'forbidden',
  'no-answer',
  'tls-failed',
  'server-error',
  'bad-answer',
  'empty',
  'plain-http',
]);
export type CatalogFault = z.infer<typeof CatalogFault>;

/**
 * What the models are made of. `live`: fetched by this process. `cached`: from the file, less than 24 hours old.
 * `stale`: older, or from a time to come. `static`: nothing was ever fetched. Times in milliseconds since the epoch.
 * `from`: the remote server that told them, by its name then; null: the local proxy, or CCS fetched them.
 */
export const CatalogOrigin = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['live', 'cached', 'stale']),
    fetchedMs: z.number(),
    from: z.nullable(z.string()),
  }),
  z.object({ kind: z.literal('static') }),
]);
export type CatalogOrigin = z.infer<typeof CatalogOrigin>;

/** What is wrong with the cache file: the catalog serves all the same. `broken`: it was set aside under this path. */
export const CacheProblem = z.discriminatedUnion('code', [
  z.object({ code: z.literal('broken'), path: z.string(), keptAs: z.nullable(z.string()) }),
  z.object({ code: z.literal('unreadable'), path: z.string(), reason: z.string() }),
  z.object({ code: z.literal('unwritable'), path: z.string(), reason: z.string() }),
]);
export type CacheProblem = z.infer<typeof CacheProblem>;

/** How the catalog stands, without its models. */
export const CatalogState = z.object({
  origin: CatalogOrigin,
  /** The remote server that a refresh asks; null: the local proxy. */
  asks: z.nullable(z.object({ id: z.string(), name: z.string() })),
  /** A refresh is under way. */
  refreshing: z.boolean(),
  models: z.number(),
  /** Why the last try brought nothing; null where it did, or none was made. */
  fault: z.nullable(CatalogFault),
  /** Providers that the last refresh brought nothing for; what they had before still serves. */
  failed: z.readonly(z.array(z.object({ provider: CatalogProvider, why: CatalogFault }))),
  cacheProblem: z.nullable(CacheProblem),
});
export type CatalogState = z.infer<typeof CatalogState>;

export const Catalog = z.object({
  state: CatalogState,
  /** The day of the static facts, and where they are from. */
  staticFacts: z.object({ date: z.string(), from: z.string() }),
  providers: z.readonly(z.array(ProviderCatalog)),
});
export type Catalog = z.infer<typeof Catalog>;
