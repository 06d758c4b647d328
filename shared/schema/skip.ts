import * as z from 'zod/mini';

/** Why a profile file can't be read; `line` elsewhere says where. */
export const ProfileFault = z.enum([
  'not-found',
  'not-a-file',
  'no-permission',
  'too-large',
  'io',
  'empty',
  'not-utf8',
  'not-json',
  'not-object',
  'env-not-object',
  'env-not-strings',
  'bad-characters',
]);
export type ProfileFault = z.infer<typeof ProfileFault>;

/** Why a profile is not synced, with what its sentence needs. Never holds a key. */
export const SkipReason = z.discriminatedUnion('code', [
  /** The user's own Claude settings. */
  z.object({ code: z.literal('default-login') }),
  z.object({ code: z.literal('excluded') }),
  /** The user chose other profiles for this target. */
  z.object({ code: z.literal('not-chosen') }),
  z.object({ code: z.literal('other-target'), target: z.string() }),
  /** Registered with CCS, but there is no such file. */
  z.object({ code: z.literal('missing-file') }),
  /** `line` counts from 1; null where the fault is no place in the text. */
  z.object({ code: z.literal('unreadable'), detail: ProfileFault, line: z.nullable(z.number()) }),
  /** `by` says how it is known that syncing it would make the proxy call itself. */
  z.object({ code: z.literal('proxy-loop'), by: z.enum(['address', 'provider-path', 'client-key']) }),
  z.object({ code: z.literal('ccs-internal'), by: z.enum(['reserved-name', 'base-name', 'managed-token']) }),
  /** Same token and base URL as the registered profile `of`. */
  z.object({ code: z.literal('copy'), of: z.string() }),
  /** `hasApiKey`: ANTHROPIC_API_KEY is there instead. */
  z.object({ code: z.literal('missing-token'), hasApiKey: z.boolean() }),
  z.object({ code: z.literal('placeholder') }),
  z.object({ code: z.literal('invalid-token') }),
  z.object({ code: z.literal('invalid-name') }),
  /** `other` is the profile that has the prefix. */
  z.object({ code: z.literal('duplicate-prefix'), prefix: z.string(), other: z.string() }),
  /** Somebody else's entry in the target has the prefix; `line` is where it stands, from 1; null on a server. */
  z.object({ code: z.literal('prefix-taken'), prefix: z.string(), line: z.nullable(z.number()) }),
]);
export type SkipReason = z.infer<typeof SkipReason>;

export type SkipCode = SkipReason['code'];
