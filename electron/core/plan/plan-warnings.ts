import type { SectionEntry } from '../yaml/section.ts';
import { type BareNames, serves, sharedBareNames } from './bare-names.ts';
import type { ForeignEntries } from './foreign-entries.ts';
import type { Operation, PlanWarning } from './operation.ts';
import type { OwnedEntry } from './owned-entry.ts';
import type { PlanInput } from './plan-input.ts';
import { servedPrefix } from './served-prefix.ts';

/** What a plan is about to do, with what it found on the way. */
export interface PlannedChange {
  readonly operations: readonly Operation[];
  readonly nextOwned: readonly OwnedEntry[];
  readonly foreign: ForeignEntries;
}

/** Warnings that need a look at the whole target: names and prefixes that several credentials would share. */
export function wholeTargetWarnings(input: PlanInput, change: PlannedChange): readonly PlanWarning[] {
  return [
    ...(input.ledger === 'lost' ? [{ code: 'ledger-lost' } as const] : []),
    ...sharedPrefixes(change),
    ...(input.forceModelPrefix ? [] : sharedNames(input, change.operations)),
  ];
}

/** Entries of others with a prefix of ours: requests would alternate between the two keys. */
function sharedPrefixes({ nextOwned, foreign }: PlannedChange): readonly PlanWarning[] {
  const profileOf = new Map(nextOwned.map((owned) => [owned.prefix, owned.profile]));
  return [...foreign.left].flatMap(({ prefix, line, malformed }) => {
    const profile = profileOf.get(servedPrefix(prefix));
    return profile === undefined || malformed
      ? []
      : [{ code: 'prefix-shared', profile, prefix, line } as const];
  });
}

/** Only names that a change brings are worth a word here; the standing ones are `doctor`'s. */
function sharedNames(input: PlanInput, operations: readonly Operation[]): readonly PlanWarning[] {
  const changeOf = new Map<SectionEntry, Operation>();
  /** The changed credentials, with the names that they served before; null where they are new. */
  const before = new Map<BareNames, readonly string[] | null>();
  const credentials: BareNames[] = [];
  for (const operation of operations) {
    if (operation.op === 'add') {
      const { profile, prefix, models } = operation.wanted;
      const added = { profile, prefix, line: 0, names: models };
      credentials.push(added);
      before.set(added, null);
    } else if (operation.op === 'update' || operation.op === 'remove') {
      changeOf.set(operation.entry, operation);
    }
  }
  for (const entry of input.entries) {
    const change = changeOf.get(entry);
    if (entry.malformed || change?.op === 'remove') continue;
    const { prefix, line } = entry;
    if (change?.op === 'update' && change.models.length > 0) {
      const updated = { profile: change.profile, prefix, line, names: namesAfter(entry, change) };
      credentials.push(updated);
      before.set(updated, namesOf(entry));
    } else {
      credentials.push({ profile: null, prefix, line, names: namesOf(entry) });
    }
  }
  if (before.size === 0) return [];
  return sharedBareNames(credentials, input.otherModelNames).flatMap(
    ({ name, credentials: sharing, elsewhere }) => {
      const brings = (credential: BareNames): boolean => {
        const names = before.get(credential);
        return names !== undefined && (names === null || !serves(names, name));
      };
      const profiles = sharing.flatMap((one) => (brings(one) && one.profile !== null ? [one.profile] : []));
      if (profiles.length === 0) return [];
      const others = sharing.filter((one) => !brings(one)).map(({ prefix, line }) => ({ prefix, line }));
      return [{ code: 'shared-bare-name', name, profiles, others, elsewhere } as const];
    },
  );
}

/** What clients may ask for without a prefix: an alias replaces the name. */
export function namesOf(entry: SectionEntry): string[] {
  return entry.models.map((model) => model.alias || model.name);
}

function namesAfter(entry: SectionEntry, update: Operation & { readonly op: 'update' }): string[] {
  const names: (string | null)[] = namesOf(entry);
  const added: string[] = [];
  for (const edit of update.models) {
    if (edit.op === 'add') added.push(edit.name);
    else names[edit.index] = edit.op === 'rename' ? entry.models[edit.index]?.alias || edit.name : null;
  }
  return [...names.filter((name) => name !== null), ...added];
}
