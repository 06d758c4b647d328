import { describe, expect, it } from 'vitest';
import type { OperationView } from '../schema/plan.ts';
import type { UndoReport } from '../schema/undo.ts';
import { describeUndo } from './describe-undo.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

const outcomes: Readonly<Record<UndoReport['outcome'], true>> = {
  done: true,
  planned: true,
  'needs-consent': true,
  nothing: true,
};
const ways: Readonly<Record<UndoReport['how'], true>> = { whole: true, entries: true, memory: true };

const operation = (op: OperationView['op'], why: string): OperationView => ({
  op,
  why,
  profile: 'glm',
  prefix: 'glm-',
  line: 1,
  diff: [],
});
const undone = operation('remove', 'undo');
const brought = operation('restore', 'entry-lost');

function report(outcome: UndoReport['outcome'], part: Partial<UndoReport>): UndoReport {
  return {
    outcome,
    target: { id: 'local', path: '/c.yaml' },
    how: 'entries',
    record: 8,
    undoes: 7,
    operations: [],
    held: [],
    changedSince: [],
    outside: [],
    proxy: null,
    ...part,
  };
}

const allReports = (Object.keys(outcomes) as UndoReport['outcome'][]).flatMap((outcome) =>
  (Object.keys(ways) as UndoReport['how'][]).flatMap((how) =>
    [null, 0, 7].flatMap((undoes) =>
      [[], [undone], [brought, brought]].flatMap((operations) => [
        report(outcome, { how, undoes, operations, outside: [{ key: 'port', change: 'changed' }] }),
        report(outcome, {
          how,
          undoes,
          operations,
          held: ['glm'],
          changedSince: ['mm'],
          outside: [{ key: 'api-keys', change: 'removed' }],
        }),
      ]),
    ),
  ),
);

describe('the words of what an undo came to', () => {
  it.each(allReports)('say it: $outcome, $how, of $undoes', (one) => {
    const { what, next } = describeUndo(one);
    expect([...clauseFaults(what), ...(next === null ? [] : sentenceFaults(next))]).toEqual([]);
  });

  it('tell a whole undo, one of entries, a restoration and a release apart', () => {
    const texts = [
      report('done', { how: 'whole' }),
      report('done', { how: 'whole', undoes: 0 }),
      report('done', { operations: [undone] }),
      report('done', { operations: [brought] }),
      report('done', { how: 'memory', undoes: null }),
      report('done', { undoes: null, operations: [undone, undone] }),
      report('done', { undoes: null }),
      report('done', { undoes: null, changedSince: ['mm'] }),
    ].map((one) => describeUndo(one).what);
    expect(texts).toEqual([
      'Change 7 is undone, the file is byte for byte as before',
      'The file is byte for byte as before the first sync',
      '1 entry of change 7 is undone',
      '1 entry brought back from before change 7',
      'This target is no longer managed, its entries stay and are yours',
      '2 entries removed, this target is no longer managed',
      'This target is no longer managed, none of its entries was ours',
      'This target is no longer managed, its entries stay and are yours',
    ]);
  });

  it('speak of a plan as of something that has not happened', () => {
    for (const one of allReports.filter(({ outcome }) => outcome === 'planned')) {
      expect(describeUndo(one).what).toMatch(/^Would /);
    }
  });

  it('name what is left alone, what is held and what would be lost', () => {
    const next = (part: Partial<UndoReport>): string | null => describeUndo(report('done', part)).next;
    expect(next({ changedSince: ['mm'], held: ['glm'] })).toMatch(/mm.*glm/);
    const outside = [
      { key: 'port', change: 'changed' },
      { key: 'api-keys', change: 'removed' },
    ] as const;
    expect(describeUndo(report('needs-consent', { outside })).what).toContain('port and api-keys');
    expect(describeUndo(report('planned', { outside })).next).toContain('port and api-keys');
    expect(describeUndo(report('nothing', { changedSince: ['mm'] })).what).toContain('mm');
  });
});

describe('an undo on a server', () => {
  const whole = { how: 'whole', target: { id: 'office', path: 'https://office.test:8317' } } as const;

  it.each([0, 7])('speaks of its list, and never of a file or of bytes (record %i)', (undoes) => {
    for (const outcome of ['done', 'planned'] as const) {
      const { what } = describeUndo(report(outcome, { ...whole, undoes, operations: [undone] }));
      expect(what).toMatch(/server's list/);
      expect(what).not.toMatch(/\bfile\b|byte/);
    }
  });
});
