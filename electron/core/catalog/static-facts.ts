import * as z from 'zod/mini';
import type { CatalogProvider } from '../../../shared/schema/catalog.ts';
import facts from './static-catalog.json' with { type: 'json' };

const StaticModel = z.strictObject({
  id: z.string(),
  name: z.string(),
  tier: z.optional(z.string()),
  broken: z.optional(z.boolean()),
  deprecated: z.optional(z.boolean()),
  deprecationReason: z.optional(z.string()),
  issueUrl: z.optional(z.string()),
  nativeImageInput: z.optional(z.boolean()),
  extendedContext: z.optional(z.boolean()),
  thinking: z.optional(
    z.strictObject({
      type: z.enum(['none', 'budget', 'levels']),
      min: z.optional(z.number()),
      max: z.optional(z.number()),
      levels: z.optional(z.array(z.string())),
      maxLevel: z.optional(z.string()),
      zeroAllowed: z.optional(z.boolean()),
      dynamicAllowed: z.optional(z.boolean()),
    }),
  ),
});
export type StaticModel = z.infer<typeof StaticModel>;

const StaticProvider = z.strictObject({
  displayName: z.string(),
  defaultModel: z.string(),
  models: z.array(StaticModel),
});
export type StaticProvider = z.infer<typeof StaticProvider>;

/** The facts that we bring along: what CCS knew of the providers' models on a day. */
const StaticFacts = z.strictObject({
  /** ISO 8601, the day. */
  date: z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/)),
  from: z.string(),
  providers: z.strictObject({
    agy: StaticProvider,
    gemini: StaticProvider,
    codex: StaticProvider,
    claude: StaticProvider,
  }),
});
type StaticFacts = z.infer<typeof StaticFacts>;

/** Reads our own file: what it must be is a matter of its tests, so a fault in it throws. */
export function staticFacts(): StaticFacts {
  return StaticFacts.parse(facts);
}

/** Those of one provider; null where we bring none. */
export function staticProvider(facts: StaticFacts, provider: CatalogProvider): StaticProvider | null {
  const { providers } = facts;
  return provider in providers ? providers[provider as keyof typeof providers] : null;
}
