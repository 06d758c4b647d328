import * as z from 'zod/mini';
import { MaskedKey } from './masked.ts';
import { ProfileFault } from './skip.ts';

/** The client that CCS starts for a profile; only those of `claude` are synced. */
export const ProfileTarget = z.enum(['claude', 'droid', 'codex']);
export type ProfileTarget = z.infer<typeof ProfileTarget>;

/** The settings that the form knows. `''` and no extra model: the file names none. */
export const ProfileFields = z.object({
  baseUrl: z.string(),
  model: z.string(),
  extraModels: z.readonly(z.array(z.string())),
  opusModel: z.string(),
  sonnetModel: z.string(),
  haikuModel: z.string(),
  key: MaskedKey,
});
export type ProfileFields = z.infer<typeof ProfileFields>;

/** One profile file as everyone but the core sees it: no key of it is told. */
export const Profile = z.object({
  name: z.string(),
  path: z.string(),
  /** Whether CCS knows it: `ccs <name>` works. */
  registered: z.boolean(),
  /** As the registry says, in lower case; `claude` where it says nothing. */
  target: z.string(),
  /** SHA-256 of the file's bytes: what a change must be based on. */
  version: z.string(),
  /** Null where the file is not what a settings file must be; `fault` then says why. */
  fields: z.nullable(ProfileFields),
  /**
   * The file's text, each secret value of its `env` replaced by a marker (`‹kept …3f9a›`). Null where it is no JSON
   * object, so that secrets can't be told from the rest.
   */
  raw: z.nullable(z.string()),
  fault: z.nullable(z.object({ detail: ProfileFault, line: z.nullable(z.number()) })),
});
export type Profile = z.infer<typeof Profile>;

/** Changes of known settings: only what is named changes; `''` or an empty list takes a setting out. */
export const ProfileChanges = z.object({
  baseUrl: z.optional(z.string()),
  model: z.optional(z.string()),
  extraModels: z.optional(z.readonly(z.array(z.string()))),
  opusModel: z.optional(z.string()),
  sonnetModel: z.optional(z.string()),
  haikuModel: z.optional(z.string()),
  /** The new key in full, as the user typed it. */
  key: z.optional(z.string()),
});
export type ProfileChanges = z.infer<typeof ProfileChanges>;

export const ProfileName = z.object({ name: z.string() });
export type ProfileName = z.infer<typeof ProfileName>;

export const CreateProfile = z.object({
  name: z.string(),
  /** Id or alias of a preset; null for a blank profile. */
  preset: z.nullable(z.string()),
  /** The Azure resource that the preset `foundry` asks for; null elsewhere. */
  resource: z.nullable(z.string()),
  /** What differs from the preset, and the key. */
  fields: ProfileChanges,
  /** Null: what the preset says, `claude` where it says nothing. */
  target: z.nullable(ProfileTarget),
});
export type CreateProfile = z.infer<typeof CreateProfile>;

export const UpdateProfile = z.object({
  name: z.string(),
  /** The `version` of the profile that the change is based on. */
  version: z.string(),
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fields'), set: ProfileChanges }),
    /** The whole text; markers that are left as they are keep the file's values. */
    z.object({ kind: z.literal('raw'), text: z.string() }),
    /** Which client CCS starts: a word of its registry, which then gets to know the profile. */
    z.object({ kind: z.literal('target'), target: ProfileTarget }),
  ]),
});
export type UpdateProfile = z.infer<typeof UpdateProfile>;

/** For rename and duplicate. */
export const CopyProfile = z.object({ name: z.string(), to: z.string() });
export type CopyProfile = z.infer<typeof CopyProfile>;

/** A deleted profile that can be brought back. Times in milliseconds since the epoch. */
export const DeletedProfile = z.object({
  id: z.string(),
  name: z.string(),
  deletedMs: z.number(),
  /** From then on it may be gone for good. */
  expiresMs: z.number(),
});
export type DeletedProfile = z.infer<typeof DeletedProfile>;

export const UndeleteProfile = z.object({ id: z.string() });
export type UndeleteProfile = z.infer<typeof UndeleteProfile>;

/** The only answer that carries a key. */
export const RevealedKey = z.object({ key: z.string() });
export type RevealedKey = z.infer<typeof RevealedKey>;

/** What one tiny request with a profile's key and base URL showed: never more than was seen. */
export const ConnectionTest = z.discriminatedUnion('state', [
  /** A message was answered. */
  z.object({ state: z.literal('works'), status: z.number() }),
  /** 401 or 403: the key was not taken, or not for this. */
  z.object({ state: z.literal('refused'), status: z.number() }),
  /** `why`: `refused-connection`, or a code of the system, as in `ENOTFOUND`. */
  z.object({ state: z.literal('unreachable'), why: z.string() }),
  /**
   * `status`: any other answer. `bad-answer`: no message in it, or none at all. `no-model`, `bad-key`,
   * `bad-base-url`: nothing was sent, because the profile names none, or one that can't be used.
   */
  z.object({
    state: z.literal('unknown'),
    why: z.enum([
      'timeout',
      'tls-failed',
      'bad-answer',
      'redirect',
      'status',
      'no-model',
      'bad-key',
      'bad-base-url',
    ]),
    status: z.nullable(z.number()),
  }),
]);
export type ConnectionTest = z.infer<typeof ConnectionTest>;

/** A provider that a profile can be made from. */
export const Preset = z.object({
  id: z.string(),
  /** The provider's own name. */
  name: z.string(),
  aliases: z.readonly(z.array(z.string())),
  /** `''`: the official endpoint. With `<resource>` in it where `asksResource`. */
  baseUrl: z.string(),
  model: z.string(),
  /** The name that is proposed for the profile. */
  profileName: z.string(),
  needsKey: z.boolean(),
  asksResource: z.boolean(),
  target: ProfileTarget,
});
export type Preset = z.infer<typeof Preset>;
