import { describe, expect, it } from 'vitest';
import { OperationView } from '../../../shared/schema/plan.ts';
import {
  entryOf,
  file,
  item,
  lineOf,
  type LooseEntry,
  testFingerprint,
  wants,
  world,
} from '../../testing/plan-world.ts';
import { describeOperations } from './describe.ts';
import { maskKey } from './mask.ts';
import type { Operation } from './operation.ts';
import { plan } from './plan.ts';

const glm = wants('glm', { apiKey: 'sk-test-canary-one-3f9a', models: ['glm-5', 'glm-air'] });
const [entry] = file(entryOf(glm));
if (entry === undefined) throw new Error('No entry');

/** Each line of the diff as `field: before > after`. */
function diffOf(operation: Operation): readonly string[] {
  const [view] = describeOperations([operation], testFingerprint);
  const shown = (value: OperationView['diff'][number]['before']): string =>
    value === null ? 'none' : value.kind === 'key' ? `…${value.key.last4 ?? ''}` : value.text;
  return (view?.diff ?? []).map(({ field, before, after }) => `${field}: ${shown(before)} > ${shown(after)}`);
}

describe('describeOperations', () => {
  it('shows an added entry whole', () => {
    const add = { op: 'add', profile: 'glm', wanted: glm, cause: 'profile' } as const;
    expect(diffOf(add)).toEqual([
      'api-key: none > …3f9a',
      'prefix: none > glm-',
      'base-url: none > https://glm.test/api',
      'models: none > glm-5, glm-air',
    ]);
    expect(describeOperations([add], testFingerprint)).toMatchObject([
      { op: 'add', profile: 'glm', prefix: 'glm-', line: null, why: 'profile' },
    ]);
  });

  it('leaves out what an added entry does not have', () => {
    const wanted = { ...glm, baseUrl: '', models: [] };
    expect(diffOf({ op: 'add', profile: 'glm', wanted, cause: 'profile' })).toEqual([
      'api-key: none > …3f9a',
      'prefix: none > glm-',
    ]);
  });

  it('shows a removed entry whole, and where it stands', () => {
    const remove = { op: 'remove', profile: 'glm', entry, cause: 'excluded' } as const;
    expect(diffOf(remove)).toEqual([
      'api-key: …3f9a > none',
      'prefix: glm- > none',
      'base-url: https://glm.test/api > none',
      'models: glm-5, glm-air > none',
    ]);
    expect(describeOperations([remove], testFingerprint)).toMatchObject([{ line: 10, why: 'excluded' }]);
  });

  it('shows only what an update changes', () => {
    const update: Operation = {
      op: 'update',
      profile: 'glm',
      cause: 'profile',
      entry,
      set: { apiKey: 'sk-test-canary-two-77aa', baseUrl: '' },
      models: [
        { op: 'rename', index: 0, name: 'glm-6' },
        { op: 'remove', index: 1 },
        { op: 'add', name: 'glm-7' },
      ],
    };
    expect(diffOf(update)).toEqual([
      'api-key: …3f9a > …77aa',
      'base-url: https://glm.test/api > none',
      'models: glm-5 > glm-6',
      'models: glm-air > none',
      'models: none > glm-7',
    ]);
  });

  it('shows the prefix that an adopted or renamed entry gets', () => {
    const [bare] = file(entryOf(glm, { prefix: '' }));
    if (bare === undefined) throw new Error('No entry');
    const adopt = { op: 'adopt', profile: 'glm', entry: bare, set: { prefix: 'glm-' } } as const;
    expect(diffOf(adopt)).toEqual(['prefix: none > glm-']);
    expect(describeOperations([adopt], testFingerprint)).toMatchObject([
      { prefix: 'glm-', why: 'written-by-ccs' },
    ]);
  });

  it('shows no change for what is left, only where it stands', () => {
    const left = { op: 'leave', profile: 'glm', why: 'held' } as const;
    expect(
      describeOperations(
        [
          { ...left, entry },
          { ...left, entry: null },
        ],
        testFingerprint,
      ),
    ).toEqual([
      { op: 'leave', profile: 'glm', prefix: 'glm-', line: 10, why: 'held', diff: [] },
      { op: 'leave', profile: 'glm', prefix: '', line: null, why: 'held', diff: [] },
    ]);
  });

  it('says which key an entry gets by a fingerprint that tells equal ones', () => {
    const [view] = describeOperations(
      [{ op: 'add', profile: 'glm', wanted: glm, cause: 'profile' }],
      testFingerprint,
    );
    expect(view?.diff[0]?.after).toEqual({ kind: 'key', key: maskKey(glm.apiKey, testFingerprint) });
  });

  it('never shows a key, nor what a base URL hides, whatever the operation', () => {
    const secrets = ['sk-test-canary-old', 'sk-test-canary-new', 'canary-password', 'canary-query'];
    const old = {
      apiKey: 'sk-test-canary-old',
      baseUrl: 'https://u:canary-password@old.test/?k=canary-query',
    };
    const now = {
      apiKey: 'sk-test-canary-new',
      baseUrl: 'https://u:canary-password@new.test/?k=canary-query',
    };
    const names = ['added', 'updated', 'removed', 'adopted', 'left'];
    const entries = names
      .slice(1)
      .map((name): LooseEntry =>
        entryOf(wants(name, name === 'adopted' ? now : old), name === 'adopted' ? { prefix: '' } : {}),
      );
    const made = plan(
      world({
        wanted: ['added', 'updated', 'adopted'].map((name) => wants(name, now)),
        unreadable: new Set(['left']),
        entries: file(...entries),
        owned: ['updated', 'removed', 'left'].map((name) => lineOf(wants(name, old))),
      }),
    );
    const reviewed = plan(
      world({
        wanted: [wants('x', now)],
        entries: file(entryOf(wants('x', { ...old, baseUrl: now.baseUrl }), { models: [item('m')] })),
        ledger: 'lost',
      }),
    );
    const operations = [...made.operations, ...reviewed.operations];
    expect(new Set(operations.map(({ op }) => op))).toEqual(
      new Set(['add', 'update', 'adopt', 'remove', 'leave', 'review']),
    );
    const views = describeOperations(operations, testFingerprint);
    const shown = JSON.stringify([
      views,
      made.warnings,
      made.skips,
      made.consent,
      made.nextOwned,
      made.nextHolds,
    ]);
    expect(shown).toContain('new.test');
    for (const secret of secrets) expect(shown).not.toContain(secret.slice(0, -4));
    for (const view of views) expect(OperationView.parse(view)).toEqual(view);
  });
});
