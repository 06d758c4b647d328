import { describe, expect, it } from 'vitest';
import type { OperationView } from '../schema/plan.ts';
import type { SyncReport } from '../schema/sync.ts';
import { describeOutcome } from './describe-outcome.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

const outcomes: Readonly<Record<SyncReport['outcome'], true>> = {
  'in-sync': true,
  written: true,
  adopted: true,
  planned: true,
  'needs-consent': true,
  released: true,
};
const allOutcomes = Object.keys(outcomes) as SyncReport['outcome'][];

const prefixDiff = { field: 'prefix', before: null, after: { kind: 'text', text: 'glm-' } } as const;
const operation = (op: OperationView['op'], why = 'profile'): OperationView => {
  const diff = op === 'leave' || op === 'adopt' ? [] : [prefixDiff];
  return { op, why, profile: 'glm', prefix: 'glm-', line: 1, diff };
};

interface Scene {
  readonly syncable?: number;
  readonly operations?: readonly OperationView[];
  readonly held?: readonly string[];
  readonly asks?: boolean;
}

function report(outcome: SyncReport['outcome'], scene: Scene = {}): SyncReport {
  const { syncable = 0, operations = [], held = [], asks = false } = scene;
  const consent = asks ? [{ code: 'mass-removal' as const, removed: 3, owned: 4 }] : [];
  return {
    outcome,
    target: { id: 'local', path: '/c.yaml' },
    created: null,
    syncable,
    plan: { operations, skipped: [], held, warnings: [], consent },
    record: null,
    proxy: null,
  };
}

const what = (outcome: SyncReport['outcome'], scene?: Scene): string =>
  describeOutcome(report(outcome, scene)).what;

describe('the words of what a sync came to', () => {
  const scenes: readonly Scene[] = [
    {},
    { syncable: 1 },
    { syncable: 5, operations: [operation('add'), operation('remove'), operation('adopt')] },
    { syncable: 2, operations: [operation('review', 'key-differs')] },
    { syncable: 2, operations: [operation('leave', 'held')], held: ['glm'] },
    { syncable: 2, operations: [operation('leave', 'world-unknown')] },
    { syncable: 2, operations: [operation('remove')], asks: true },
  ];
  it.each(allOutcomes.flatMap((outcome) => scenes.map((scene) => [outcome, scene] as const)))(
    'say it: %s %j',
    (outcome, scene) => {
      const { what: text, next } = describeOutcome(report(outcome, scene));
      expect([...clauseFaults(text), ...(next === null ? [] : sentenceFaults(next))]).toEqual([]);
    },
  );

  it('count profiles and entries', () => {
    expect(what('written', { syncable: 5, operations: [operation('add')] })).toBe('5 profiles synced');
    expect(what('written', { syncable: 1, operations: [operation('add')] })).toBe('1 profile synced');
    expect(what('in-sync', { syncable: 5 })).toBe('Nothing to do: 5 profiles are in sync');
    expect(what('planned', { syncable: 5, operations: [operation('add'), operation('update')] })).toBe(
      'Would change 2 entries',
    );
    expect(what('planned', { syncable: 5 })).toBe('Nothing to do: 5 profiles are in sync');
    expect(
      what('needs-consent', { operations: [operation('remove'), operation('remove'), operation('leave')] }),
    ).toBe('Review 2 changes before syncing');
  });

  it('do not count a profile as synced that an undo holds, that waits or that is to be reviewed', () => {
    expect(what('written', { syncable: 5, held: ['glm'] })).toBe('4 profiles synced, 1 held');
    expect(what('in-sync', { syncable: 2, operations: [operation('review', 'key-differs')] })).toBe(
      'Nothing to do: 1 profile is in sync, 1 to review',
    );
    expect(what('adopted', { syncable: 2, operations: [operation('leave', 'world-unknown')] })).toBe(
      'Nothing to do: 1 profile is in sync, 1 waiting',
    );
  });

  it('say that no profile is left', () => {
    expect(what('in-sync')).toBe('Nothing to do: there are no profiles to sync');
    expect(what('written', { operations: [operation('remove')] })).toBe(
      '1 entry removed, no profile is left to sync',
    );
  });

  it('tell how to agree where a dry run shows what needs it', () => {
    const { next } = describeOutcome(report('planned', { operations: [operation('remove')], asks: true }));
    expect(next).toContain('--yes');
  });

  it('count as a change what an adoption adds, but not an adoption as it is', () => {
    const withPrefix: OperationView = { ...operation('adopt'), diff: [prefixDiff] };
    expect(what('planned', { operations: [operation('adopt'), withPrefix, operation('leave')] })).toBe(
      'Would change 1 entry',
    );
    expect(what('planned', { syncable: 1, operations: [operation('adopt')] })).toBe(
      'Would adopt 1 entry as it is: it is as CCS writes them',
    );
  });
});
