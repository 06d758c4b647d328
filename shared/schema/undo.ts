import * as z from 'zod/mini';
import { proxyObservationSchema } from './observation.ts';
import { OperationView } from './plan.ts';
import { TargetName } from './sync.ts';

/** A difference outside of our entries between the file now and the bytes that would be restored. */
export const OutsideChange = z.object({
  /**
   * A top-level key of the configuration; `claude-api-key` stands for others' entries in it and what others added
   * to ours, `#` for comments, `*` for all of a file that can't be understood.
   */
  key: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
});
export type OutsideChange = z.infer<typeof OutsideChange>;

/** What an undo, a release or a restoration did, or would do (`planned`), or waits to be told to (`needs-consent`). */
export const UndoReport = z.object({
  outcome: z.enum(['done', 'planned', 'needs-consent', 'nothing']),
  target: TargetName,
  /** `whole`: the file is byte for byte as before. `entries`: only the entries concerned were taken back. */
  how: z.enum(['whole', 'entries', 'memory']),
  /** The history's own record of this. */
  record: z.nullable(z.number()),
  /** The record that was taken back; 0: everything since before the first sync. */
  undoes: z.nullable(z.number()),
  operations: z.readonly(z.array(OperationView)),
  /** Profiles that are left as they are from now on, until they change or are synced by name. */
  held: z.readonly(z.array(z.string())),
  /** Profiles whose entries were changed since, and so were left alone. */
  changedSince: z.readonly(z.array(z.string())),
  /** What others changed since, and would be lost: the reason to ask. */
  outside: z.readonly(z.array(OutsideChange)),
  proxy: z.nullable(proxyObservationSchema),
});
export type UndoReport = z.infer<typeof UndoReport>;
