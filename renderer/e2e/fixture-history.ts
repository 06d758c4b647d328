import { addition, DRIFT, KEY_CHANGE, removal } from '../../electron/testing/glance-profiles.ts';
import { GLANCE_NOW_MS } from '../../electron/testing/glance-states.ts';
import type { HistoryEntry } from '../../shared/schema/history.ts';

const MINUTE_MS = 60_000;
const REMOVAL = removal('hf', 71);

/** A history of every kind of record, the newest first. */
export function fixtureHistory(path = '/home/ana/.ccs/cliproxy/config.yaml'): readonly HistoryEntry[] {
  return [
    record(12, 12, { operations: [KEY_CHANGE] }),
    record(11, 25, { operations: [DRIFT] }),
    record(10, 190, { kind: 'undo', undoes: 9, operations: [{ ...REMOVAL, op: 'restore', why: 'undo' }] }),
    record(9, 195, { operations: [REMOVAL] }),
    record(8, 2_000, { operations: [addition('glm'), addition('openrouter'), addition('km')] }),
  ].map((made) => ({ ...made, path }));
}

function record(id: number, minutesAgo: number, over: Partial<HistoryEntry>): HistoryEntry {
  return {
    id,
    time: new Date(GLANCE_NOW_MS - minutesAgo * MINUTE_MS).toISOString(),
    kind: 'sync',
    path: '',
    undoes: null,
    operations: [],
    hashBefore: `${id - 1}`.repeat(8),
    hashAfter: `${id}`.repeat(8),
    ...over,
  };
}
