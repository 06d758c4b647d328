import * as z from 'zod/mini';

/** A field of the wrong type counts as absent: the server's list grows, and one odd field must not lose a model. */
function lenient<T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> {
  return z.catch(z.optional(schema), undefined);
}

const text = z.string();
const count = z.number().check(z.gte(0));

/**
 * A model as `GET /v0/management/model-definitions/:channel` tells it, and as the cache that CCS and we share keeps
 * it: unknown fields stay, since the cache's other reader may know them.
 */
const RemoteModel = z.looseObject({
  id: z.string().check(z.minLength(1)),
  display_name: lenient(text),
  version: lenient(text),
  description: lenient(text),
  context_length: lenient(count),
  inputTokenLimit: lenient(count),
  outputTokenLimit: lenient(count),
  max_completion_tokens: lenient(count),
  supportedInputModalities: lenient(z.array(text)),
  supportedOutputModalities: lenient(z.array(text)),
  thinking: lenient(
    z.object({
      min: lenient(z.number()),
      max: lenient(z.number()),
      zero_allowed: lenient(z.boolean()),
      dynamic_allowed: lenient(z.boolean()),
      levels: lenient(z.array(text)),
    }),
  ),
});
export type RemoteModel = z.infer<typeof RemoteModel>;

/** The models of a list that can be told by an id; of several with one id (whatever its case) the first. */
export function readRemoteModels(list: readonly unknown[]): readonly RemoteModel[] {
  const models = new Map<string, RemoteModel>();
  for (const item of list) {
    const { success, data } = RemoteModel.safeParse(item);
    if (success && !models.has(data.id.toLowerCase())) models.set(data.id.toLowerCase(), data);
  }
  return [...models.values()];
}
