import * as z from 'zod/mini';
import { AutoSyncState, Drift, Fight, TargetState, WatcherState } from '../../shared/schema/state.ts';

/** When a line was printed, as ISO 8601 in UTC. */
const line = { time: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)) };
const ofTarget = { ...line, target: z.string() };

/** What `watch --json` and `serve --json` print, an object a line: docs/service.md promises it. */
export const ChangeLine = z.discriminatedUnion('kind', [
  /** Something was written; the history tells what. */
  z.object({ ...ofTarget, kind: z.literal('written'), record: z.number() }),
  z.object({ ...line, kind: z.literal('target'), target: TargetState }),
  z.object({ ...ofTarget, kind: z.literal('drift'), drift: Drift }),
  z.object({ ...ofTarget, kind: z.literal('fight'), fight: Fight }),
  z.object({ ...line, kind: z.literal('watcher'), watcher: WatcherState }),
  z.object({ ...line, kind: z.literal('auto-sync'), autoSync: AutoSyncState }),
  /** `serve` only: opens the page once. */
  z.object({ ...line, kind: z.literal('link'), url: z.string() }),
]);
export type ChangeLine = z.infer<typeof ChangeLine>;
