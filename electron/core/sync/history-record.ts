import * as z from 'zod/mini';
import { OperationView } from '../../../shared/schema/plan.ts';

const OwnedEntry = z.object({
  profile: z.string(),
  prefix: z.string(),
  keyFingerprint: z.string(),
  baseUrlFingerprint: z.string(),
  models: z.readonly(z.array(z.string())),
});

/** What an undo needs to know of one operation. */
const UndoableOperation = z.object({
  op: z.enum(['add', 'update', 'adopt', 'remove', 'restore']),
  profile: z.string(),
  /** The entry's place in the list before; null for an added one. */
  indexBefore: z.nullable(z.number()),
  /** The ledger's line as the operation left it; null for a removed one. */
  owned: z.nullable(OwnedEntry),
  /** Fingerprint of what the profile asked for: an undo puts a hold on it. */
  wantedFingerprint: z.nullable(z.string()),
});
export type UndoableOperation = z.infer<typeof UndoableOperation>;

/** One change of a target, as the history keeps it: no key is in it. */
export const HistoryRecord = z.object({
  version: z.literal(1),
  /** Counts up from 1 within a target. */
  id: z.number(),
  /** ISO 8601, UTC. */
  time: z.string(),
  kind: z.enum(['sync', 'undo', 'release', 'restore', 'interrupted']),
  path: z.string(),
  /** The record that an undo took back; 0 for the restoration of the first bytes. */
  undoes: z.nullable(z.number()),
  operations: z.readonly(z.array(OperationView)),
  undo: z.readonly(z.array(UndoableOperation)),
  /** SHA-256 of the file before and after. */
  hashBefore: z.string(),
  hashAfter: z.string(),
  /** The ledger from before, in its own file's form. */
  ledgerBefore: z.string(),
});
export type HistoryRecord = z.infer<typeof HistoryRecord>;
