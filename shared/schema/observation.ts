import * as z from 'zod/mini';

/**
 * What became of the question to the proxy's management API, the only one that shows keys and base URLs.
 * `no-key`: none that we know fits the file's `secret-key`, so none was sent. `off`: the file names no
 * `secret-key`, or the proxy answers 404. `refused`: the proxy does not take the key that fits the file (401; it
 * runs with another one); five of these shut everybody out for 30 minutes, so it must not be sent again before the
 * `secret-key` changes. `forbidden`: 403, this address may not use it, or is shut out. `failed`: no usable answer.
 * `not-asked`: it did not come to that.
 */
export const managementSchema = z.enum([
  'answered',
  'no-key',
  'off',
  'refused',
  'forbidden',
  'failed',
  'not-asked',
]);

const witnesses = {
  /** The proxy's own version (`7.2.99`), where it told it. */
  version: z.nullable(z.string()),
  management: managementSchema,
  /**
   * Whether the proxy watches the very file that was written (Linux only); null where that can't be seen or was
   * not looked at. `false` means that it will not notice later writes either, until it restarts.
   */
  watching: z.nullable(z.boolean()),
  /** The process that listens on the proxy's port, where it may be seen. */
  pid: z.nullable(z.number()),
};

/** What was seen of the running proxy: never more than was seen. */
export const proxyObservationSchema = z.discriminatedUnion('state', [
  /**
   * The proxy has what the file holds. `management-api`: its list equals the file's. `model-list`: every name
   * that had to appear is served and none that had to go; where the request told what the file held before, at
   * least one name had to change, so that the file as a whole was loaded. Without that, keys remain unseen.
   */
  z.object({ state: z.literal('loaded'), by: z.enum(['management-api', 'model-list']), ...witnesses }),
  /**
   * Something listens, but nothing that was seen shows whether the file is loaded.
   * `only-credentials-changed`: the names are as they must be, but they were so before; keys and base URLs are
   * not shown. `nothing-to-check`: what changed is seen in no name, or there is no name of ours at all.
   * `no-api-key`: the file's `api-keys` hold none that can be sent. `api-key-refused`: the proxy does not take it.
   * `no-model-list`: the model list could not be read. `other-program`: what answers is not CLIProxyAPI.
   * `other-config`: the proxy on this port was started with another config file. `no-answer`: not in time.
   * `unreachable`: the address that the file names can't be reached from here. `tls-failed`: no TLS connection.
   */
  z.object({
    state: z.literal('unverified'),
    why: z.enum([
      'only-credentials-changed',
      'nothing-to-check',
      'no-api-key',
      'api-key-refused',
      'no-model-list',
      'other-program',
      'other-config',
      'no-answer',
      'unreachable',
      'tls-failed',
    ]),
    ...witnesses,
  }),
  /** Nothing listens on the port that the file names. */
  z.object({ state: z.literal('not-running') }),
  /**
   * The proxy runs and was seen not to have what the file holds. `deaf`: it does not watch this file (any more),
   * so only a restart helps. `differs`: it serves something else. `ghosts`: all is served, but names of removed
   * entries still are, too.
   */
  z.object({
    state: z.literal('not-loaded'),
    why: z.enum(['deaf', 'differs', 'ghosts']),
    /** The first names (`glm-/glm-5`; `glm-/` for any name) that had to be served and are not, or by another entry. */
    missing: z.array(z.string()),
    missingCount: z.number(),
    /** The first names that had to go and are still served. */
    ghosts: z.array(z.string()),
    ghostCount: z.number(),
    ...witnesses,
  }),
]);

export type ProxyObservation = z.infer<typeof proxyObservationSchema>;
export type ManagementWitness = z.infer<typeof managementSchema>;
