import { describe, expect, it } from 'vitest';
import { managementSchema, type ProxyObservation } from '../schema/observation.ts';
import { describeProxy } from './describe-proxy.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

type Of<State extends ProxyObservation['state']> = Extract<ProxyObservation, { state: State }>;

const witnesses = { version: '7.2.99', management: 'no-key', watching: null, pid: null } as const;
const nothingNamed = { missing: [], missingCount: 0, ghosts: [], ghostCount: 0 };
const notLoaded = { state: 'not-loaded', ...nothingNamed, ...witnesses } as const;

const loaded: Readonly<Record<Of<'loaded'>['by'], true>> = { 'management-api': true, 'model-list': true };
const unverified: Readonly<Record<Of<'unverified'>['why'], true>> = {
  'only-credentials-changed': true,
  'nothing-to-check': true,
  'no-api-key': true,
  'api-key-refused': true,
  'no-model-list': true,
  'other-program': true,
  'other-config': true,
  'no-answer': true,
  unreachable: true,
  'tls-failed': true,
};
const differing: Readonly<Record<Of<'not-loaded'>['why'], true>> = {
  deaf: true,
  differs: true,
  ghosts: true,
};

function keysOf<T extends string>(record: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(record) as T[];
}

const named = { missing: ['glm-/glm-5'], missingCount: 1, ghosts: ['old-/m'], ghostCount: 1 };
const observations: readonly ProxyObservation[] = [
  { state: 'not-running' },
  ...keysOf(loaded).map((by): ProxyObservation => ({ state: 'loaded', by, ...witnesses })),
  ...keysOf(loaded).map((by): ProxyObservation => ({ state: 'loaded', by, ...witnesses, watching: false })),
  ...keysOf(unverified).flatMap((why) =>
    Object.values(managementSchema.def.entries).map((management): ProxyObservation => ({
      state: 'unverified',
      why,
      ...witnesses,
      management,
    })),
  ),
  ...keysOf(differing).flatMap((why): ProxyObservation[] => [
    { ...notLoaded, why },
    { ...notLoaded, why, ...named },
    { ...notLoaded, why, ...named, missing: [], missingCount: 0, watching: true },
    { ...notLoaded, why, ...named, ghosts: [], ghostCount: 0 },
  ]),
];

describe('the words of what was seen of the proxy', () => {
  it.each(observations)('say it: $state $by $why, management $management', (observation) => {
    const { what, next } = describeProxy(observation);
    expect([...clauseFaults(what), ...(next === null ? [] : sentenceFaults(next))]).toEqual([]);
  });

  it.each(keysOf(differing))('offer a restart where the proxy has not loaded the file: %s', (why) => {
    expect(describeProxy({ ...notLoaded, why }).next).toContain('`ccs cliproxy restart`');
  });

  it('offer nothing where all was seen to be right', () => {
    for (const by of keysOf(loaded))
      expect(describeProxy({ state: 'loaded', by, ...witnesses }).next).toBeNull();
  });

  it('say that later changes go unnoticed where the file is not watched any more', () => {
    const { what, next } = describeProxy({
      state: 'loaded',
      by: 'model-list',
      ...witnesses,
      watching: false,
    });
    expect(what).toContain('no longer watches it');
    expect(next).toContain('Restart');
  });

  it('never claim more of the model list than it shows', () => {
    const { what } = describeProxy({ state: 'loaded', by: 'model-list', ...witnesses });
    expect(what).not.toMatch(/key|base URL|loaded/);
    for (const why of keysOf(unverified)) {
      expect(describeProxy({ state: 'unverified', why, ...witnesses }).what).toMatch(/^Can't be checked: /);
    }
  });

  it('name the first of what is missing and how many more', () => {
    const missing = ['a-/x', 'b-/x', 'c-/x', 'd-/x', 'e-/x', 'f-/x'];
    const { what } = describeProxy({ ...notLoaded, why: 'differs', missing, missingCount: 30 });
    expect(what).toContain('a-/x, b-/x, c-/x, d-/x, e-/x and 25 more');
  });
});
