import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import {
  brief,
  carriedOut,
  entryOf,
  file,
  holdOf,
  item,
  lineOf,
  loose,
  type LooseEntry,
  testFingerprint,
  wants,
  world,
} from '../../testing/plan-world.ts';
import type { SectionEntry } from '../yaml/section.ts';
import { isAdoptable } from './adoption.ts';
import type { Operation } from './operation.ts';
import type { OwnedEntry } from './owned-entry.ts';
import { type Plan, plan } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import type { WantedEntry } from './wanted-entry.ts';

const runs = { numRuns: rounds(300, 10_000) };

/** Few values, so that keys, prefixes and names meet in every way; two names give one prefix. */
const names = fc.constantFrom('a', 'b', 'c', 'd', 'a.b', 'a-b');
const keys = fc.constantFrom('sk-test-1', 'sk-test-2', 'sk-test-3');
const urls = fc.constantFrom('', 'https://one.test', 'https://two.test');
const models = fc.uniqueArray(fc.constantFrom('m1', 'm2', 'm3', 'claude-x'), { maxLength: 3 });

const wanteds = fc
  .record({ profile: names, apiKey: keys, baseUrl: urls, models })
  .map(({ profile, ...rest }) => wants(profile, rest));
const profiles = fc.uniqueArray(wanteds, { maxLength: 5, selector: ({ prefix }) => prefix });

const oddities: fc.Arbitrary<Partial<LooseEntry>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.constant({ prefix: '' }) },
  { weight: 2, arbitrary: fc.record({ apiKey: keys }) },
  { weight: 2, arbitrary: fc.record({ baseUrl: urls }) },
  { weight: 2, arbitrary: models.map((list) => ({ models: list.map((name) => item(name)) })) },
  fc.constant({ prefix: 'own-' }),
  fc.constant({ otherFields: ['id'] }),
  fc.constant({ otherFields: ['headers'] }),
  fc.constant({ proxyUrl: 'http://127.0.0.1:9' }),
  fc.constant({ models: [item('mine', { alias: 'x' }), item('m1', { extra: true })] }),
  fc.constant({ indirect: true }),
  fc.constant({ malformed: true }),
);

/** Any world that the planner may be shown: entries and lines near what is wanted, and far from it. */
const worlds: fc.Arbitrary<PlanInput> = fc
  .record({
    wanted: profiles,
    others: fc.array(wanteds, { maxLength: 4 }),
    entries: fc.array(fc.tuple(fc.nat(8), oddities, oddities), { maxLength: 8 }),
    owned: fc.array(fc.tuple(fc.nat(8), fc.boolean(), names), { maxLength: 6 }),
    held: fc.array(fc.tuple(fc.nat(8), fc.boolean()), { maxLength: 2 }),
    unreadable: fc.uniqueArray(names, { maxLength: 2 }),
    only: fc.option(fc.uniqueArray(names, { maxLength: 3 }), { freq: 2 }),
    worldKnown: fc.boolean().chain((known) => (known ? fc.constant(true) : fc.boolean())),
    ledger: fc.constantFrom('known', 'known', 'none', 'lost'),
    accepted: fc.boolean(),
    forceModelPrefix: fc.boolean(),
  })
  .map(({ wanted, others, entries, owned, held, unreadable, only, ...rest }) => {
    const near = [...wanted, ...wanted, ...others];
    const pick = (index: number): WantedEntry => near[index % near.length] ?? wants('a');
    const lines = owned.map(([index, renamed, profile]) =>
      lineOf(renamed ? { ...pick(index), profile, prefix: wants(profile).prefix } : pick(index)),
    );
    return world({
      ...rest,
      wanted,
      entries: file(...entries.map(([index, one, other]) => entryOf(pick(index), { ...one, ...other }))),
      owned: rest.ledger === 'known' ? distinct(lines) : [],
      holds: held.map(([index, same]) =>
        holdOf(same ? pick(index) : { ...pick(index), apiKey: 'sk-test-9' }),
      ),
      unreadable: new Set(unreadable.filter((name) => wanted.every(({ profile }) => profile !== name))),
      only: only === null ? null : new Set(only),
    });
  });

function distinct(lines: readonly OwnedEntry[]): readonly OwnedEntry[] {
  const seen = new Set<string>();
  return lines.filter(({ profile, prefix }) => {
    const isNew = !seen.has(`name ${profile}`) && !seen.has(`prefix ${prefix}`);
    seen.add(`name ${profile}`).add(`prefix ${prefix}`);
    return isNew;
  });
}

type Touching = Extract<Operation, { readonly op: 'update' | 'adopt' | 'remove' }>;

function touching({ operations }: Plan): readonly Touching[] {
  return operations.filter(({ op }) => op === 'update' || op === 'adopt' || op === 'remove') as Touching[];
}

/** The world once a plan is carried out. */
function after(input: PlanInput, made: Plan): PlanInput {
  return {
    ...input,
    entries: carriedOut(input.entries, made.operations),
    owned: made.nextOwned,
    holds: made.nextHolds,
    ledger: 'known',
  };
}

/** Whether a line of the ledger speaks for an entry, by the rules of docs/decisions/0002 and nothing of the planner's. */
function speaksFor(line: OwnedEntry, entry: SectionEntry, surely: boolean): boolean {
  const sameKey = testFingerprint(entry.apiKey) === line.keyFingerprint;
  const sameUrl = testFingerprint(entry.baseUrl) === line.baseUrlFingerprint;
  if (entry.malformed) return false;
  if (entry.prefix === line.prefix) return sameKey || (!surely && sameUrl);
  const theirs = entry.models.map(({ name }) => name).sort();
  return entry.prefix === '' && sameKey && sameUrl && theirs.join() === [...line.models].sort().join();
}

/** Whether a plan of this world may take an entry as a profile's: ours, CCS's, or given over by a person. */
function mayBecome(input: PlanInput, entry: SectionEntry, wanted: WantedEntry): boolean {
  if (input.owned.some((line) => speaksFor(line, entry, false)) || isAdoptable(entry, wanted)) return true;
  const asWanted = entry.apiKey === wanted.apiKey && entry.baseUrl === wanted.baseUrl;
  if (entry.malformed || entry.prefix !== wanted.prefix) return false;
  if (asWanted && input.owned.some(({ profile }) => profile === wanted.profile)) return true;
  return input.accepted && (input.only?.has(wanted.profile) === true || input.ledger !== 'known');
}

describe('plan, in any world', () => {
  it('is done when it was carried out once', () => {
    fc.assert(
      fc.property(worlds, (input) => {
        const made = plan(input);
        const again = plan(after(input, made));
        expect(again.operations.filter(({ op }) => op !== 'leave' && op !== 'review')).toEqual([]);
        expect(again.nextOwned).toEqual(made.nextOwned);
        expect(again.nextHolds).toEqual(made.nextHolds);
      }),
      runs,
    );
  });

  it('never touches an entry that is neither ours nor CCS’s, but on a person’s word', () => {
    fc.assert(
      fc.property(worlds, (input) => {
        for (const operation of touching(plan(input))) {
          const { entry, profile } = operation;
          const wanted = input.wanted.find((one) => one.profile === profile);
          const allowed =
            operation.op === 'remove'
              ? input.owned.some((line) => line.profile === profile && speaksFor(line, entry, true))
              : wanted !== undefined && mayBecome(input, entry, wanted);
          expect(allowed, brief([operation]).join()).toBe(true);
        }
      }),
      runs,
    );
  });

  it('does at most one thing to an entry', () => {
    fc.assert(
      fc.property(worlds, (input) => {
        const entries = plan(input).operations.flatMap((operation) =>
          operation.op === 'add' || operation.entry === null ? [] : [operation.entry.index],
        );
        expect(entries).toEqual([...new Set(entries)]);
      }),
      runs,
    );
  });

  it('gives each profile and each prefix one line of the ledger, and each line its entry', () => {
    fc.assert(
      fc.property(worlds, (input) => {
        const made = plan(input);
        const lines = made.nextOwned;
        expect(new Set(lines.map(({ profile }) => profile)).size).toBe(lines.length);
        expect(new Set(lines.map(({ prefix }) => prefix)).size).toBe(lines.length);
        const changed = new Set(
          made.operations.flatMap(({ op, profile }) => (op === 'leave' || op === 'review' ? [] : [profile])),
        );
        const entries = carriedOut(input.entries, made.operations);
        for (const wanted of input.wanted.filter(({ profile }) => changed.has(profile))) {
          const found = entries.filter(
            (entry) => entry.apiKey === wanted.apiKey && entry.prefix === wanted.prefix && !entry.malformed,
          );
          expect(lines.map(({ profile }) => profile)).toContain(wanted.profile);
          expect(found.some((entry) => entry.baseUrl === wanted.baseUrl && servesAll(entry, wanted))).toBe(
            true,
          );
        }
      }),
      runs,
    );
  });

  it('does nothing for profiles that are held, unreadable or not named, and adds and removes nothing blindly', () => {
    fc.assert(
      fc.property(worlds, (input) => {
        const made = plan(input);
        const held = new Set(made.nextHolds.map(({ profile }) => profile));
        for (const { op, profile } of made.operations) {
          if (op === 'leave' || op === 'review') continue;
          expect(held.has(profile) || input.unreadable.has(profile)).toBe(false);
          expect(input.only === null || input.only.has(profile)).toBe(true);
          if (!input.worldKnown) expect(op).toBe('update');
        }
      }),
      runs,
    );
  });

  it('gives back the entries as they were when the added profiles are deleted', () => {
    fc.assert(
      fc.property(worlds, (any) => {
        const input = { ...any, owned: [], holds: [], only: null, accepted: false, worldKnown: true };
        const made = plan(input);
        const second = { ...after(input, made), wanted: [], unreadable: new Set<string>() };
        fc.pre(noTwins(second.entries));
        const taken = new Set(touching(made).map(({ entry }) => entry));
        expect(loose(carriedOut(second.entries, plan(second).operations))).toEqual(
          loose(input.entries.filter((entry) => !taken.has(entry))),
        );
      }),
      runs,
    );
  });

  it('decides the same in whatever order the entries of others stand', () => {
    const shuffled = worlds.chain((input) => {
      const isOthers = (entry: SectionEntry): boolean =>
        !input.wanted.some((one) => mayBecome(input, entry, one));
      const others = input.entries.filter(
        (entry) => isOthers(entry) && !input.owned.some((one) => speaksFor(one, entry, false)),
      );
      // Of two with one prefix, the first is named; that much does depend on the order.
      const alone = others.filter(
        ({ prefix }) => input.entries.filter((one) => one.prefix === prefix).length === 1,
      );
      const rest = input.entries.filter((entry) => !others.includes(entry));
      return fc
        .tuple(
          fc.shuffledSubarray(alone, { minLength: alone.length }),
          fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
        )
        .map(([mixed, turns]) => ({
          one: { ...input, entries: file(...rest, ...alone) },
          other: { ...input, entries: file(...merged(rest, mixed, turns)) },
        }));
    });
    fc.assert(
      fc.property(shuffled, ({ one, other }) => {
        expect(told(plan(other))).toEqual(told(plan(one)));
      }),
      runs,
    );
  });

  it('ends with the entry equal to the profile however often that changes, and others as they were', () => {
    const changes = fc.array(fc.record({ apiKey: keys, baseUrl: urls, models }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(changes, fc.array(wanteds, { maxLength: 3 }), (steps, nearby) => {
        const foreign = nearby.map((wanted) =>
          entryOf({ ...wanted, prefix: `own-${wanted.prefix}` }, { otherFields: ['headers'] }),
        );
        let input = world({ entries: file(...foreign), ledger: 'none' });
        for (const step of steps) {
          const wanted = wants('a', step);
          input = { ...input, wanted: [wanted] };
          input = after(input, plan(input));
          const entries = loose(input.entries);
          expect(entries.slice(0, -1)).toEqual(foreign);
          expect(sorted(entries.at(-1))).toEqual(sorted(entryOf(wanted)));
          expect(input.owned).toEqual([lineOf(wanted)]);
        }
      }),
      runs,
    );
  });
});

/** Nobody can tell which of two is ours that have one prefix, key and base URL. */
function noTwins(entries: readonly SectionEntry[]): boolean {
  const credentials = entries.map(({ prefix, apiKey, baseUrl }) => `${prefix} ${apiKey} ${baseUrl}`);
  return new Set(credentials).size === credentials.length;
}

function servesAll(entry: SectionEntry, wanted: WantedEntry): boolean {
  const served = new Set(entry.models.map(({ name }) => name));
  return wanted.models.every((name) => served.has(name));
}

function sorted(entry: LooseEntry | undefined): unknown {
  return {
    ...entry,
    models: [...(entry?.models ?? [])].sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

/** Merges two lists at random, each in its order. */
function merged<T>(one: readonly T[], other: readonly T[], turns: readonly boolean[]): readonly T[] {
  const [left, right] = [[...one], [...other]];
  const result: T[] = [];
  for (const turn of turns) {
    const next = (turn ? left : right).shift();
    if (next !== undefined) result.push(next);
  }
  return [...result, ...left, ...right];
}

/** What a plan says, but for the places of entries. */
function told(made: Plan): unknown {
  return {
    operations: made.operations.map((operation) =>
      'entry' in operation ? { ...operation, entry: operation.entry && loose([operation.entry]) } : operation,
    ),
    skips: made.skips.map(({ profile, reason }) => [profile, reason.code]),
    warnings: made.warnings
      .map((warning) => [warning.code, 'profile' in warning ? warning.profile : ''])
      .sort(),
    consent: made.consent,
    nextOwned: made.nextOwned,
    nextHolds: made.nextHolds,
  };
}
