import type { OperationView } from '../../../shared/schema/plan.ts';
import type { Fight } from '../../../shared/schema/state.ts';

/** How often a field is undone, with no profile changed between, before we stop restoring it. */
const TIMES_UNDONE = 3;

/** A field of ours that somebody changed; `entry` stands for an entry that is gone as a whole. */
export interface DriftedField {
  readonly profile: string;
  readonly field: string;
}

/** How often each field was restored since a profile last changed, and the fights that this came to. */
export interface DriftMemory {
  /** Tells the profile files as they were at the last restoration. */
  readonly mark: string | null;
  /** By `keyOf`. */
  readonly restored: ReadonlyMap<string, number>;
  readonly fights: readonly Fight[];
}

export const NO_DRIFT: DriftMemory = { mark: null, restored: new Map(), fights: [] };

export interface DriftLook {
  readonly operations: readonly OperationView[];
  /** Tells the profile files as they are: differs where any was saved. Asked for only where something drifted. */
  readonly mark: () => string;
  readonly by: Fight['by'];
}

/** What the drift that was found now means. */
export interface DriftJudgement {
  /** To be remembered at once: its fights are those that hold now. */
  readonly now: DriftMemory;
  /** To be remembered once the fields that are not fought over are restored. */
  readonly afterWrite: DriftMemory;
}

/** The fields of ours that a plan would restore because others changed them. */
export function driftedFields(operations: readonly OperationView[]): readonly DriftedField[] {
  return operations.flatMap(({ op, profile, why, diff }): DriftedField[] => {
    if (why !== 'drift') return [];
    if (op === 'add') return [{ profile, field: 'entry' }];
    return [...new Set(diff.map(({ field }) => field))].map((field) => ({ profile, field }));
  });
}

/**
 * Tells drift, which is restored, from a fight, which is not: the same field of the same profile undone three times
 * with no profile change between. CCS rewrites the whole section after each save of any profile, so every save
 * starts the count anew. A fight lasts until a person syncs, or nothing is left to be done for its profile.
 */
export function judgeDrift(memory: DriftMemory, look: DriftLook): DriftJudgement {
  const { operations, by } = look;
  const drifted = driftedFields(operations);
  const mark = drifted.length === 0 ? memory.mark : look.mark();
  const pending = new Set(operations.flatMap(({ op, profile }) => (op === 'leave' ? [] : [profile])));
  const restored = memory.mark === mark ? memory.restored : new Map<string, number>();
  const lasting = memory.fights.filter(({ profile }) => pending.has(profile));
  const known = new Set(lasting.map(keyOf));
  const begun = drifted.flatMap((one): Fight[] => {
    const times = (restored.get(keyOf(one)) ?? 0) + 1;
    return times >= TIMES_UNDONE && !known.has(keyOf(one)) ? [{ ...one, times, by }] : [];
  });
  const fights = [...lasting, ...begun];
  const fought = new Set(fights.map(({ profile }) => profile));
  const counted = new Map(restored);
  for (const one of drifted) {
    if (!fought.has(one.profile)) counted.set(keyOf(one), (counted.get(keyOf(one)) ?? 0) + 1);
  }
  return { now: { ...memory, fights }, afterWrite: { mark, restored: counted, fights } };
}

/** A person synced: what was fought over is restored, and counted from the start. `only`: these profiles, or all. */
export function settledByPerson(memory: DriftMemory, only: readonly string[] | null): DriftMemory {
  if (only === null) return NO_DRIFT;
  const named = new Set(only);
  const restored = [...memory.restored].filter(([key]) => !named.has(profileOf(key)));
  return {
    ...memory,
    restored: new Map(restored),
    fights: memory.fights.filter(({ profile }) => !named.has(profile)),
  };
}

function keyOf({ profile, field }: DriftedField): string {
  return `${field}\n${profile}`;
}

function profileOf(key: string): string {
  return key.slice(key.indexOf('\n') + 1);
}
