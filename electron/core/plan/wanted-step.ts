import type { SkipReason } from '../../../shared/schema/skip.ts';
import type { SectionEntry } from '../yaml/section.ts';
import { ownedEntryOf } from './fingerprints.ts';
import type { ForeignEntries } from './foreign-entries.ts';
import { modelEdits } from './model-edits.ts';
import type { FieldChanges, Operation, PlanWarning, UpdateCause } from './operation.ts';
import type { OwnedEntry } from './owned-entry.ts';
import type { PlanInput } from './plan-input.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** What one profile contributes to a plan. */
export interface Step {
  readonly operation?: Operation;
  readonly skip?: SkipReason;
  readonly warning?: PlanWarning;
  /** The profile's line of the ledger afterwards; null where it has none. */
  readonly owned: OwnedEntry | null;
}

/** A wanted entry with what we know of it: its line of the ledger, and the target's entry where it is there. */
export interface WantedState {
  readonly wanted: WantedEntry;
  readonly owned: OwnedEntry | null;
  readonly entry: SectionEntry | null;
}

/** What the steps of one plan look at together. */
export interface Surroundings {
  readonly input: PlanInput;
  readonly foreign: ForeignEntries;
  /** Profiles whose entry an undo holds as it is. */
  readonly held: ReadonlySet<string>;
  /** Prefixes of lines that this plan does not touch, with their profiles. */
  readonly reserved: ReadonlyMap<string, string>;
}

/** Decides what becomes of one profile that asks for an entry. */
export function wantedStep(state: WantedState, around: Surroundings): Step {
  const { wanted, owned, entry } = state;
  const { profile } = wanted;
  const { input } = around;
  if (input.only !== null && !input.only.has(profile)) return { owned };
  if (around.held.has(profile)) return { operation: { op: 'leave', profile, entry, why: 'held' }, owned };
  if (owned !== null && entry !== null) return updateStep({ wanted, owned, entry }, input);
  if (!input.worldKnown) {
    return { operation: { op: 'leave', profile, entry: null, why: 'world-unknown' }, owned };
  }
  return enterStep(state, around);
}

function updateStep(
  state: { readonly wanted: WantedEntry; readonly owned: OwnedEntry; readonly entry: SectionEntry },
  input: PlanInput,
): Step {
  const { wanted, owned, entry } = state;
  const next = ownedEntryOf(wanted, input.fingerprint);
  const set = fieldChanges(entry, wanted);
  const models = modelEdits(entry.models, owned.models, wanted.models);
  if (Object.keys(set).length === 0 && models.length === 0) return { owned: next };
  const cause = updateCause(owned, next);
  return { operation: { op: 'update', profile: wanted.profile, cause, entry, set, models }, owned: next };
}

/** The profile has no entry in the target: adopt CCS's, or add one, unless somebody else's is in the way. */
function enterStep({ wanted, owned }: WantedState, around: Surroundings): Step {
  const { profile, prefix } = wanted;
  const { input, foreign, reserved } = around;
  const other = reserved.get(prefix);
  if (other !== undefined) return { skip: { code: 'duplicate-prefix', prefix, other }, owned: null };

  // The ledger says that the prefix is ours, and the entry is as the profile asks: the ledger lags behind a write.
  const written = owned === null ? null : foreign.alike(wanted);
  if (owned !== null && written !== null) {
    foreign.take(written);
    return updateStep({ wanted, owned, entry: written }, input);
  }
  const next = ownedEntryOf(wanted, input.fingerprint);
  const adopted = foreign.adoptable(wanted);
  const inTheWay = adopted?.prefix === prefix ? null : foreign.withPrefix(prefix);
  if (inTheWay !== null) return inTheWayStep({ wanted, owned, entry: inTheWay }, around);
  if (adopted !== null) {
    foreign.take(adopted);
    return {
      operation: { op: 'adopt', profile, entry: adopted, set: fieldChanges(adopted, wanted) },
      owned: next,
    };
  }
  const usersOwn = foreign.withCredential(wanted);
  return {
    operation: { op: 'add', profile, wanted, cause: owned === null ? 'profile' : 'drift' },
    ...(usersOwn === null ? {} : { warning: { code: 'users-own', profile, line: usersOwn.line } as const }),
    owned: next,
  };
}

/** Somebody else's entry has the prefix. It is taken over only on a person's word. */
function inTheWayStep(
  state: WantedState & { readonly entry: SectionEntry },
  { input, foreign }: Surroundings,
): Step {
  const { wanted, entry } = state;
  const { profile } = wanted;
  const skip = { code: 'prefix-taken', prefix: entry.prefix, line: entry.line } as const;
  // It may be ours, half edited: what we know of it is not forgotten before it can be read again.
  if (entry.malformed) return { skip, owned: state.owned };
  const set = fieldChanges(entry, wanted);
  const models = modelEdits(entry.models, [], wanted.models);
  // Without a ledger it is most likely ours from before, with a key that was rotated since.
  const maybeOurs = input.ledger !== 'known' && entry.baseUrl === wanted.baseUrl && set.apiKey !== undefined;
  if (input.accepted && (maybeOurs || input.only?.has(profile) === true)) {
    foreign.take(entry);
    const owned = ownedEntryOf(wanted, input.fingerprint);
    return { operation: { op: 'update', profile, cause: 'take-over', entry, set, models }, owned };
  }
  if (maybeOurs) {
    return { operation: { op: 'review', profile, why: 'key-differs', entry, set, models }, owned: null };
  }
  return { skip, owned: null };
}

function fieldChanges(entry: SectionEntry, wanted: WantedEntry): FieldChanges {
  return {
    ...(entry.apiKey === wanted.apiKey ? {} : { apiKey: wanted.apiKey }),
    ...(entry.prefix === wanted.prefix ? {} : { prefix: wanted.prefix }),
    ...(entry.baseUrl === wanted.baseUrl ? {} : { baseUrl: wanted.baseUrl }),
  };
}

function updateCause(owned: OwnedEntry, next: OwnedEntry): UpdateCause {
  if (owned.profile !== next.profile) return 'rename';
  const asBefore =
    owned.keyFingerprint === next.keyFingerprint &&
    owned.baseUrlFingerprint === next.baseUrlFingerprint &&
    owned.prefix === next.prefix &&
    sameNames(owned.models, next.models);
  return asBefore ? 'drift' : 'profile';
}

/** CLIProxyAPI makes nothing of the order of models. */
function sameNames(one: readonly string[], other: readonly string[]): boolean {
  const names = new Set(one);
  return one.length === other.length && other.every((name) => names.has(name));
}
