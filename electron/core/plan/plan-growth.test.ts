import { describe, expect, it } from 'vitest';
import {
  ccsEntryOf,
  entryOf,
  file,
  holdOf,
  lineOf,
  testFingerprint,
  wants,
  world,
} from '../../testing/plan-world.ts';
import { plan } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** What a plan looks at: fields of entries, profiles, lines and holds that it reads, and fingerprints it makes. */
interface Effort {
  reads: number;
  fingerprints: number;
}

function effortOf(input: PlanInput): Effort {
  const effort = { reads: 0, fingerprints: 0 };
  const watched = <T extends object>(value: T): T =>
    new Proxy(value, {
      get: (target, field): unknown => {
        effort.reads += 1;
        return Reflect.get(target, field);
      },
    });
  plan({
    ...input,
    wanted: input.wanted.map(watched),
    entries: input.entries.map(watched),
    owned: input.owned.map(watched),
    holds: input.holds.map(watched),
    fingerprint: (value) => {
      effort.fingerprints += 1;
      return testFingerprint(value);
    },
  });
  return effort;
}

function profiles(count: number, over: Partial<WantedEntry> = {}): readonly WantedEntry[] {
  return Array.from({ length: count }, (_, index) => wants(`p${index}`, over));
}

function synced(wanted: readonly WantedEntry[], over: Partial<PlanInput> = {}): PlanInput {
  const entries = file(...wanted.map((one) => entryOf(one)));
  return world({ wanted, entries, owned: wanted.map((one) => lineOf(one)), ...over });
}

const oneKey = { apiKey: 'sk-test-one-key', baseUrl: 'https://one.test' };

const worlds: Readonly<Record<string, (count: number) => PlanInput>> = {
  'adds all': (count) => world({ wanted: profiles(count) }),
  'has nothing to do': (count) => synced(profiles(count)),
  'rotates all': (count) => synced(profiles(count), { wanted: profiles(count, { apiKey: 'sk-test-new' }) }),
  'removes all': (count) => synced(profiles(count), { wanted: [] }),
  'renames all': (count) =>
    synced(profiles(count), {
      wanted: profiles(count).map((one) => ({
        ...one,
        profile: `new-${one.profile}`,
        prefix: `new-${one.prefix}`,
      })),
    }),
  'renames all, with one key': (count) =>
    synced(profiles(count, oneKey), {
      wanted: profiles(count, oneKey).map((one) => ({
        ...one,
        profile: `x${one.profile}`,
        prefix: `x${one.prefix}`,
      })),
    }),
  'adopts all, in the other order': (count) =>
    world({
      wanted: profiles(count),
      entries: file(
        ...profiles(count)
          .map((one) => ccsEntryOf(one))
          .reverse(),
      ),
    }),
  'adopts all, with one key': (count) =>
    world({
      wanted: profiles(count, oneKey),
      entries: file(
        ...profiles(count, oneKey)
          .map((one) => ccsEntryOf(one))
          .reverse(),
      ),
    }),
  'gives back all prefixes, with one key and no models': (count) => {
    const wanted = profiles(count, { ...oneKey, models: [] });
    return synced(wanted, { entries: file(...wanted.map((one) => ccsEntryOf(one))) });
  },
  'skips all': (count) =>
    world({ wanted: profiles(count), entries: file(...profiles(count, oneKey).map((one) => entryOf(one))) }),
  'holds all': (count) => world({ wanted: profiles(count), holds: profiles(count).map(holdOf) }),
  'leaves all': (count) => synced(profiles(count), { wanted: [], worldKnown: false }),
};

describe('the effort of a plan', () => {
  for (const [what, worldOf] of Object.entries(worlds)) {
    it(`grows no faster than the number of profiles where it ${what}`, () => {
      const few = effortOf(worldOf(1_000));
      const many = effortOf(worldOf(10_000));
      expect(many.reads).toBeLessThanOrEqual(10.1 * few.reads);
      expect(many.fingerprints).toBeLessThanOrEqual(10.1 * few.fingerprints);
      expect(many.fingerprints).toBeLessThanOrEqual(6 * 10_000);
    });
  }
});
