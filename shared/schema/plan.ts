import * as z from 'zod/mini';
import { MaskedKey } from './masked.ts';
import { SkipReason } from './skip.ts';

/** One side of a changed field. Keys are masked, everything else is as it stands in the file. */
export const FieldValue = z.union([
  z.object({ kind: z.literal('key'), key: MaskedKey }),
  z.object({ kind: z.literal('text'), text: z.string() }),
]);
export type FieldValue = z.infer<typeof FieldValue>;

/** One line of a diff: added (no `before`), taken out (no `after`), or changed. */
export const FieldDiff = z.object({
  /** `other`: a field of the user's, by its name. */
  field: z.enum(['api-key', 'prefix', 'base-url', 'models', 'other']),
  before: z.nullable(FieldValue),
  after: z.nullable(FieldValue),
});
export type FieldDiff = z.infer<typeof FieldDiff>;

/** One operation of a plan as people and programs see it. */
export const OperationView = z.object({
  op: z.enum(['add', 'update', 'adopt', 'remove', 'leave', 'review', 'restore']),
  profile: z.string(),
  prefix: z.string(),
  /** Where the entry stands in the target's file, from 1; null for one that is not there yet, and on a server. */
  line: z.nullable(z.number()),
  /** A code: why the entry is updated, removed, left or put to review. */
  why: z.string(),
  diff: z.readonly(z.array(FieldDiff)),
});
export type OperationView = z.infer<typeof OperationView>;

/** Lines count from 1 and are null on a server, which has a list and no text. */
export const PlanWarning = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('shared-bare-name'),
    name: z.string(),
    profiles: z.readonly(z.array(z.string())),
    others: z.readonly(z.array(z.object({ prefix: z.string(), line: z.nullable(z.number()) }))),
    elsewhere: z.boolean(),
  }),
  z.object({
    code: z.literal('prefix-shared'),
    profile: z.string(),
    prefix: z.string(),
    line: z.nullable(z.number()),
  }),
  z.object({ code: z.literal('users-own'), profile: z.string(), line: z.nullable(z.number()) }),
  z.object({ code: z.literal('changed-by-hand'), profile: z.string(), line: z.nullable(z.number()) }),
  z.object({ code: z.literal('ledger-lost') }),
  z.object({ code: z.literal('base-url'), profile: z.string(), risk: z.string(), baseUrl: z.string() }),
  z.object({ code: z.literal('readable-by-others'), path: z.string(), mode: z.string() }),
  z.object({ code: z.literal('registry-unreadable'), path: z.string(), lastKnown: z.boolean() }),
  /** Fields that stand in the remote server's file, but that its API does not know: writing drops them there. */
  z.object({
    code: z.literal('fields-dropped'),
    prefix: z.string(),
    fields: z.readonly(z.array(z.string())),
  }),
]);
export type PlanWarning = z.infer<typeof PlanWarning>;

export const ConsentReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('mass-removal'), removed: z.number(), owned: z.number() }),
  z.object({ code: z.literal('force-model-prefix'), profiles: z.readonly(z.array(z.string())) }),
  /** The first sync to a server on which others have entries: how many of them. */
  z.object({ code: z.literal('first-sync'), entries: z.number() }),
  /** On a server stand entries as these profiles ask for them, which another machine may keep. */
  z.object({ code: z.literal('adoption'), profiles: z.readonly(z.array(z.string())) }),
]);
export type ConsentReason = z.infer<typeof ConsentReason>;

export const SkippedProfile = z.object({
  profile: z.string(),
  path: z.string(),
  registered: z.boolean(),
  reason: SkipReason,
});
export type SkippedProfile = z.infer<typeof SkippedProfile>;

/** A plan for one target, with keys masked. */
export const PlanView = z.object({
  operations: z.readonly(z.array(OperationView)),
  skipped: z.readonly(z.array(SkippedProfile)),
  held: z.readonly(z.array(z.string())),
  warnings: z.readonly(z.array(PlanWarning)),
  consent: z.readonly(z.array(ConsentReason)),
});
export type PlanView = z.infer<typeof PlanView>;
