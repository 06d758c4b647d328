import * as z from 'zod/mini';
import { LocalProxy } from './proxy-key.ts';

/**
 * Why a remote CLIProxyAPI server was not read or written. Never holds a key, nor any text of an answer.
 * What the table of faults in docs/decisions/0010 says of each: whether it is tried again by itself, and what a person
 * can do.
 */
export const RemoteFault = z.discriminatedUnion('code', [
  /** No connection; `reason` is a code of Node (`ECONNREFUSED`, `ENOTFOUND`). */
  z.object({ code: z.literal('unreachable'), reason: z.string() }),
  /** No complete answer in time. */
  z.object({ code: z.literal('timeout') }),
  /**
   * Nobody whom the system trusts vouches for the certificate. Nothing was sent. `fingerprint` (SHA-256, lower case
   * hexadecimal) is what a person may pin; null where no certificate was shown.
   */
  z.object({
    code: z.literal('tls-untrusted'),
    reason: z.string(),
    fingerprint: z.nullable(z.string()),
    subject: z.nullable(z.string()),
    /** When it ends, in milliseconds since the epoch. */
    validToMs: z.nullable(z.number()),
  }),
  /** It shows another certificate than the pinned one. Nothing was sent. */
  z.object({ code: z.literal('tls-changed'), fingerprint: z.string(), subject: z.nullable(z.string()) }),
  /** Plain HTTP to another machine, and nobody agreed to that yet. Nothing was sent. */
  z.object({ code: z.literal('plain-http') }),
  /** No management key is known here: `keyring`: only the tray application can read it. Nothing was sent. */
  z.object({ code: z.literal('no-key'), source: z.enum(['file', 'environment', 'keyring']) }),
  /** 401. Never tried again by itself: five wrong keys ban this address for 30 minutes, the right one included. */
  z.object({ code: z.literal('wrong-key') }),
  /** 403: remote management is off there. */
  z.object({ code: z.literal('forbidden') }),
  /** 403: this address is shut out after wrong keys, until then (milliseconds since the epoch) where it was told. */
  z.object({ code: z.literal('banned'), untilMs: z.nullable(z.number()) }),
  /** 404: no `secret-key` is set there, or it is no CLIProxyAPI. */
  z.object({ code: z.literal('api-off') }),
  z.object({ code: z.literal('server-error'), status: z.number() }),
  /** Any other status of 4xx. */
  z.object({ code: z.literal('rejected'), status: z.number() }),
  /** Never followed: it would carry the key away. `to` is the other host, where it was told. */
  z.object({ code: z.literal('redirect'), status: z.number(), to: z.nullable(z.string()) }),
  /** Half an answer, one that is too large, or not what was asked for. */
  z.object({ code: z.literal('bad-answer'), reason: z.string() }),
  /** The server no longer watches its own file: what was edited there since would be lost. A restart mends it. */
  z.object({ code: z.literal('deaf') }),
  /** It was written, but the server did not keep these fields of ours: it is too old to know them. */
  z.object({ code: z.literal('drops-fields'), fields: z.readonly(z.array(z.string())) }),
  /** Others wrote at the same time, three times in a row. */
  z.object({ code: z.literal('keeps-changing') }),
]);
export type RemoteFault = z.infer<typeof RemoteFault>;

/** `environment`: the variable that `keyVariableOf` names. `keyring`: the operating system's, of the tray application. */
export const KeySource = z.enum(['file', 'environment', 'keyring']);
export type KeySource = z.infer<typeof KeySource>;

/** `local` is the configuration file beside CCS. */
export const LOCAL_TARGET = 'local';

export const TargetId = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));

/** A remote CLIProxyAPI server as the user set it up. Its key is kept elsewhere. */
export const RemoteTarget = z.object({
  /** Made from the first name and never changed: ledger, key and variable are found by it. */
  id: TargetId,
  /** As people see it. */
  name: z.string(),
  /** `https://host:port`, as `rules/remote-url.ts` writes it: no credentials, no query, no slash at the end. */
  url: z.string(),
  /** The profiles that are synced to it; null: all. */
  profiles: z.nullable(z.readonly(z.array(z.string()))),
  /** `manual`: only when a person asks for it. */
  mode: z.enum(['auto', 'manual']),
  paused: z.boolean(),
  /** SHA-256 of the one certificate that is trusted, lower case hexadecimal; null: what the system trusts. */
  certificate: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  /** A person agreed to send keys there without encryption. */
  plainHttp: z.boolean(),
  keySource: KeySource,
});
export type RemoteTarget = z.infer<typeof RemoteTarget>;

/** CCS's `cliproxy_server.remote`: offered, never taken over by itself. Its key stays where it is. */
export const RemoteSuggestion = z.object({ url: z.string(), hasKey: z.boolean() });
export type RemoteSuggestion = z.infer<typeof RemoteSuggestion>;

/** All that is set up, for Settings and the command line. */
export const ConfiguredTargets = z.object({
  local: LocalProxy,
  remotes: z.readonly(
    z.array(
      z.extend(RemoteTarget, {
        hasKey: z.boolean(),
        /** We keep a ledger of it: another address asks what becomes of our entries at the one before. */
        wasSynced: z.boolean(),
      }),
    ),
  ),
  /** Null where CCS names none, or one that is set up already. */
  suggestion: z.nullable(RemoteSuggestion),
  /** Whether this host can keep keys in the operating system's keyring. */
  keyring: z.boolean(),
});
export type ConfiguredTargets = z.infer<typeof ConfiguredTargets>;

/**
 * The management key of a request: `typed` carries it; `stored`: the one of the target `id` of the same request;
 * `ccs`: the one that CCS's settings name for its remote; `variable`: the one of the environment variable of `id`, where
 * the engine runs, and never what is kept. Only the first ever crosses the contract.
 */
export const GivenKey = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('typed'), key: z.string() }),
  z.object({ kind: z.literal('stored') }),
  z.object({ kind: z.literal('ccs') }),
  z.object({ kind: z.literal('variable') }),
]);
export type GivenKey = z.infer<typeof GivenKey>;

/** Asks a server that need not be set up yet. It gets the key: a person must have confirmed the address. */
export const TestTarget = z.object({
  /** The target that is tested or edited; null for a new one. */
  id: z.nullable(TargetId),
  url: z.string(),
  key: GivenKey,
  certificate: RemoteTarget.shape.certificate,
  plainHttp: z.boolean(),
});
export type TestTarget = z.infer<typeof TestTarget>;

/** What one look at a server found. */
export const TargetTest = z.object({
  /** Null: it works. */
  fault: z.nullable(RemoteFault),
  /** `X-CPA-VERSION`. */
  version: z.nullable(z.string()),
  /** How many `claude-api-key` entries it holds; null where the list was not read. */
  entries: z.nullable(z.number()),
  /** Requests that carried the key. */
  asked: z.number(),
});
export type TargetTest = z.infer<typeof TargetTest>;

export const AddTarget = z.object({
  name: z.string(),
  url: z.string(),
  key: GivenKey,
  keySource: KeySource,
  profiles: RemoteTarget.shape.profiles,
  mode: RemoteTarget.shape.mode,
  certificate: RemoteTarget.shape.certificate,
  plainHttp: z.boolean(),
});
export type AddTarget = z.infer<typeof AddTarget>;

/**
 * What is absent stays. Another `url` needs its key anew: `key` is then required, and `entries` where the target was
 * synced before. `move`: the same server answers there, and our entries on it stay ours; `remove` takes them out of the
 * one before first, and fails where that can't be done; `keep` leaves them there. With the last two, what we remembered
 * of the one before, its history included, is forgotten.
 */
export const UpdateTarget = z.object({
  id: TargetId,
  name: z.optional(z.string()),
  url: z.optional(z.string()),
  entries: z.optional(z.enum(['move', 'remove', 'keep'])),
  key: z.optional(GivenKey),
  keySource: z.optional(KeySource),
  profiles: z.optional(RemoteTarget.shape.profiles),
  mode: z.optional(RemoteTarget.shape.mode),
  paused: z.optional(z.boolean()),
  certificate: z.optional(RemoteTarget.shape.certificate),
  plainHttp: z.optional(z.boolean()),
});
export type UpdateTarget = z.infer<typeof UpdateTarget>;

/** `remove` takes our entries out of the server first, and fails where that can't be done; `keep` leaves them there. */
export const RemoveTarget = z.object({ id: TargetId, entries: z.enum(['keep', 'remove']) });
export type RemoveTarget = z.infer<typeof RemoveTarget>;
