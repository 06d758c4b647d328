import { describe, expect, it } from 'vitest';
import type { Operation, RemovalCause, UpdateCause } from '../../electron/core/plan/operation.ts';
import type { OperationView } from '../schema/plan.ts';
import { describeOperation } from './describe-operation.ts';
import { clauseFaults } from './testing/text-faults.ts';

type Why<Op extends Operation['op']> = Extract<Operation, { op: Op; why: string }>['why'];
type Op = OperationView['op'];

const removals: Readonly<Record<RemovalCause, true>> = {
  'profile-gone': true,
  released: true,
  'default-login': true,
  excluded: true,
  'not-chosen': true,
  'other-target': true,
  'missing-file': true,
  unreadable: true,
  'proxy-loop': true,
  'ccs-internal': true,
  copy: true,
  'missing-token': true,
  placeholder: true,
  'invalid-token': true,
  'invalid-name': true,
  'duplicate-prefix': true,
  'prefix-taken': true,
};
const updates: Readonly<Record<UpdateCause, true>> = {
  profile: true,
  drift: true,
  rename: true,
  'take-over': true,
};
const leaves: Readonly<Record<Why<'leave'>, true>> = {
  unreadable: true,
  'changed-by-hand': true,
  held: true,
  'world-unknown': true,
};
const reviews: Readonly<Record<Why<'review'>, true>> = { 'key-differs': true };

const whys: Readonly<Record<Op, readonly string[]>> = {
  add: ['drift'],
  update: [...Object.keys(updates), 'undo'],
  adopt: ['written-by-ccs', 'undo'],
  remove: [...Object.keys(removals), 'undo'],
  leave: [...Object.keys(leaves), 'users-own'],
  review: Object.keys(reviews),
  restore: ['undo'],
};
const allWhys = Object.entries(whys).flatMap(([op, codes]) => codes.map((why) => [op as Op, why] as const));

const view = (op: Op, why: string): OperationView => ({
  op,
  why,
  profile: 'glm',
  prefix: 'glm-',
  line: 12,
  diff: [],
});

describe('the words of an operation', () => {
  it.each(allWhys)('say that and why: %s because of %s', (op, why) => {
    const text = describeOperation(view(op, why));
    expect(clauseFaults(text)).toEqual([]);
    expect(text).toMatch(/^[a-z].*glm.*: ./);
    expect(text).not.toContain(why.includes('-') ? why : '{');
  });

  it('need no reason for a new profile', () => {
    expect(describeOperation(view('add', 'profile'))).toBe('add glm');
  });

  it('leave out a reason that they do not know', () => {
    expect(describeOperation(view('remove', 'a-later-one'))).toBe('remove glm');
    expect(describeOperation(view('remove', 'constructor'))).toBe('remove glm');
  });

  it("say what of the user's comes back, which has no profile", () => {
    const lost = { ...view('restore', 'entry-lost'), profile: '' };
    expect(describeOperation(lost)).toBe('bring back your entry glm-');
    expect(describeOperation({ ...lost, prefix: '' })).toBe('bring back your entry without a prefix');
    expect(describeOperation({ ...lost, why: 'fields-lost' })).toBe(
      'bring back your fields of the entry at line 12',
    );
  });
});
