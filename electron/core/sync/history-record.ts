import * as z from 'zod/mini';
import { HistoryEntry } from '../../../shared/schema/history.ts';

const OwnedEntry = z.object({
  profile: z.string(),
  prefix: z.string(),
  keyFingerprint: z.string(),
  baseUrlFingerprint: z.string(),
  models: z.readonly(z.array(z.string())),
});

/** What an undo needs to know of one operation. */
const UndoableOperation = z.object({
  op: z.enum(['add', 'update', 'adopt', 'remove']),
  profile: z.string(),
  /** The entry's place in the list before; null for an added one. */
  indexBefore: z.nullable(z.number()),
  /** The ledger's line as the operation left it; null for a removed one. */
  owned: z.nullable(OwnedEntry),
  /** The ledger's line from before; null where the entry was not ours. */
  ownedBefore: z.nullable(OwnedEntry),
  /** Fingerprint of what the profile asked for: an undo puts a hold on it. */
  wantedFingerprint: z.nullable(z.string()),
});
export type UndoableOperation = z.infer<typeof UndoableOperation>;

/** One change of a target, as the history keeps it beside the bytes from before: no key is in it. */
export const HistoryRecord = z.extend(HistoryEntry, {
  version: z.literal(1),
  undo: z.readonly(z.array(UndoableOperation)),
  /** Profiles that this change put a hold on. */
  held: z.readonly(z.array(z.string())),
  /** The ledger from before, in its own file's form. */
  ledgerBefore: z.string(),
});
export type HistoryRecord = z.infer<typeof HistoryRecord>;
