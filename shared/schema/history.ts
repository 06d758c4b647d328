import * as z from 'zod/mini';
import { OperationView } from './plan.ts';

/** One change of a target, as the history lists it: keys are masked. */
export const HistoryEntry = z.object({
  /** Counts up from 1. */
  id: z.number(),
  /** ISO 8601, UTC. */
  time: z.string(),
  /** `interrupted`: a text that was meant for the file when we were killed, and that others overtook. */
  kind: z.enum(['sync', 'undo', 'release', 'restore', 'interrupted']),
  path: z.string(),
  /** The record that this one took back; 0 for the restoration of the first bytes. */
  undoes: z.nullable(z.number()),
  operations: z.readonly(z.array(OperationView)),
  /** SHA-256 of the file before and after. */
  hashBefore: z.string(),
  hashAfter: z.string(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const HistoryReport = z.object({
  records: z.readonly(z.array(HistoryEntry)),
  /** Whether the bytes from before the very first sync are kept. */
  first: z.boolean(),
});
export type HistoryReport = z.infer<typeof HistoryReport>;
