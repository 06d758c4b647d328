import { describe, expect, it } from 'vitest';
import type { FieldDiff, OperationView } from '../../../shared/schema/plan.ts';
import { type DriftMemory, judgeDrift, NO_DRIFT, settledByPerson } from './fights.ts';

function operation(over: Partial<OperationView> = {}): OperationView {
  return {
    op: 'update',
    profile: 'glm',
    prefix: 'glm-',
    line: 3,
    why: 'drift',
    diff: [{ field: 'prefix', before: null, after: { kind: 'text', text: 'glm-' } }],
    ...over,
  };
}

function diffOf(field: FieldDiff['field']): readonly FieldDiff[] {
  return [{ field, before: { kind: 'text', text: 'theirs' }, after: { kind: 'text', text: 'ours' } }];
}

/** Each step is one look at a drift that is restored at once, with the mark of the profile files. */
function afterRestoring(
  steps: readonly { readonly mark: string; readonly operations: readonly OperationView[] }[],
): DriftMemory {
  return steps.reduce(
    (memory, { mark, operations }) =>
      judgeDrift(memory, { operations, mark: () => mark, by: 'unknown' }).afterWrite,
    NO_DRIFT,
  );
}

const again = { mark: 'a', operations: [operation()] };

describe('drift', () => {
  it.each([
    { what: 'undone once', before: [], fights: 0 },
    { what: 'undone twice', before: [again], fights: 0 },
    { what: 'undone three times', before: [again, again], fights: 1 },
    {
      what: 'undone three times, a profile saved before the last',
      before: [again, again],
      mark: 'b',
      fights: 0,
    },
    {
      what: 'undone three times, a profile saved between',
      before: [{ ...again, mark: 'b' }, again],
      fights: 0,
    },
    {
      what: 'another field each time',
      before: [{ mark: 'a', operations: [operation({ diff: diffOf('base-url') })] }, again],
      fights: 0,
    },
    {
      what: 'another profile each time',
      before: [{ mark: 'a', operations: [operation({ profile: 'km' })] }, again],
      fights: 0,
    },
    {
      what: 'a plan without drift between, which proves nothing',
      before: [again, { mark: 'a', operations: [operation({ why: 'profile' })] }, again],
      fights: 1,
    },
  ])('is a fight from the third time on: $what', ({ before, mark = 'a', fights }) => {
    const look = { operations: [operation()], mark: () => mark, by: 'ccs' as const };
    const judged = judgeDrift(afterRestoring(before), look);
    expect(judged.now.fights).toHaveLength(fights);
    if (fights > 0)
      expect(judged.now.fights).toEqual([{ profile: 'glm', field: 'prefix', times: 3, by: 'ccs' }]);
  });

  it('counts an entry that is removed again and again as a whole', () => {
    const gone = { mark: 'a', operations: [operation({ op: 'add', diff: diffOf('prefix') })] };
    const { now } = judgeDrift(afterRestoring([gone, gone]), { ...gone, mark: () => 'a', by: 'unknown' });
    expect(now.fights).toEqual([{ profile: 'glm', field: 'entry', times: 3, by: 'unknown' }]);
  });

  it('that is noticed but not restored is not counted', () => {
    let memory = NO_DRIFT;
    for (let look = 0; look < 5; look += 1) {
      memory = judgeDrift(memory, { ...again, mark: () => 'a', by: 'unknown' }).now;
    }
    expect(memory.fights).toEqual([]);
  });

  it('does not ask for the mark of the profiles where nothing drifted', () => {
    const mark = (): string => {
      throw new Error('asked');
    };
    expect(
      judgeDrift(NO_DRIFT, { operations: [operation({ why: 'profile' })], mark, by: 'unknown' }).now,
    ).toEqual(NO_DRIFT);
  });
});

describe('a fight', () => {
  const look = { ...again, mark: () => 'a', by: 'unknown' as const };
  const fought = judgeDrift(afterRestoring([again, again]), look);

  it('lasts while something is left to be done for its profile, also when a profile was saved', () => {
    const later = judgeDrift(fought.afterWrite, { ...look, mark: () => 'b' });
    expect(later.now.fights).toEqual(fought.now.fights);
  });

  it('ends when nothing is left to be done for its profile', () => {
    expect(judgeDrift(fought.now, { ...look, operations: [] }).now.fights).toEqual([]);
  });

  it('keeps no other profile from being counted and restored', () => {
    const both = { ...look, operations: [operation(), operation({ profile: 'km' })] };
    const { now, afterWrite } = judgeDrift(fought.now, both);
    expect(now.fights.map(({ profile }) => profile)).toEqual(['glm']);
    expect([...afterWrite.restored.keys()].filter((key) => key.endsWith('km'))).toHaveLength(1);
  });

  it.each([
    { only: null, left: 0 },
    { only: ['glm'], left: 0 },
    { only: ['km'], left: 1 },
  ])('ends when a person syncs $only, and is counted from the start', ({ only, left }) => {
    const settled = settledByPerson(fought.now, only);
    expect(settled.fights).toHaveLength(left);
    expect(judgeDrift(settled, look).now.fights).toHaveLength(left);
  });
});
