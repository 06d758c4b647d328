import * as z from 'zod/mini';

/**
 * A key as everyone but the core sees it: whether there is one, its last four characters where it is long
 * enough that they give nothing away, and a fingerprint that tells equal keys of this home.
 */
export const MaskedKey = z.object({
  present: z.boolean(),
  last4: z.nullable(z.string()),
  fingerprint: z.string(),
});
export type MaskedKey = z.infer<typeof MaskedKey>;

/** `…3f9a`, `…` for a key under 12 characters, `(none)` where there is none. */
export function maskedText(key: MaskedKey): string {
  return key.present ? `…${key.last4 ?? ''}` : '(none)';
}
