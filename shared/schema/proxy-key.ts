import * as z from 'zod/mini';

/** The local proxy, and how its management key is known. No key is told. */
export const LocalProxy = z.object({
  /** Where its key would be sent, as the configuration says: `http://127.0.0.1:8317`. */
  url: z.string(),
  /**
   * Where the key is from that fits the configuration's `secret-key`, the first that does. `kept`: given by a person, and
   * kept. `variable`: of the environment. `ccs`: of CCS's settings; `ccs-default`: what CCS uses where they name none.
   * `none`: no known key fits. `off`: the configuration names no `secret-key`. `unknown`: it can't be read.
   */
  known: z.enum(['kept', 'variable', 'ccs', 'ccs-default', 'none', 'off', 'unknown']),
  /** The address for which one is kept, and to which alone it may be sent; null where none is. */
  keptFor: z.nullable(z.string()),
});
export type LocalProxy = z.infer<typeof LocalProxy>;

/** Keeps a management key for the local proxy; null forgets the one that is kept. */
export const SetProxyKey = z.object({ key: z.nullable(z.string()) });

export const ProxyKeyAnswer = z.object({
  /**
   * `fits`: the `secret-key`, and is kept. `unknown`: there is none to compare it with; it is kept, and used once it fits
   * one. `refused`: it does not fit, so it is not kept, and what was kept stays. Null where it was forgotten.
   */
  fit: z.nullable(z.enum(['fits', 'unknown', 'refused'])),
  local: LocalProxy,
});
export type ProxyKeyAnswer = z.infer<typeof ProxyKeyAnswer>;
