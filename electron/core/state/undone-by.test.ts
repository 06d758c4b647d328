import { describe, expect, it } from 'vitest';
import type { FieldDiff, OperationView } from '../../../shared/schema/plan.ts';
import { handOf, undoneBy } from './undone-by.ts';

const PREFIX: FieldDiff = { field: 'prefix', before: null, after: { kind: 'text', text: 'glm-' } };
const BASE_URL: FieldDiff = {
  field: 'base-url',
  before: { kind: 'text', text: 'theirs' },
  after: { kind: 'text', text: 'ours' },
};

function operation(over: Partial<OperationView> = {}): OperationView {
  return { op: 'update', profile: 'glm', prefix: 'glm-', line: 3, why: 'drift', diff: [BASE_URL], ...over };
}

const ours = 'claude-api-key:\n  - api-key: "k"\n    prefix: "glm-"\n';
const proxys = 'claude-api-key:\n  - api-key: k\n    prefix: glm-\n    proxy-url: ""\n';
const ccs = "claude-api-key:\n  - api-key: k\n    proxy-url: ''\n";
/** Some entries are of CCS, one is ours, and somebody wrote an empty proxy. */
const mixed = `${ours}  - api-key: m\n    proxy-url: ""\n`;
const mixedOfProxy = `${proxys}  - api-key: m\n    proxy-url: ""\n`;
const changed = operation();
const stripped = operation({ diff: [PREFIX] });

describe('who changed our entries', () => {
  it.each([
    { what: 'a prefix that is missing', one: stripped, left: ours, now: ours, by: 'ccs' },
    { what: 'the whole file in the hand of the proxy', one: changed, left: ours, now: proxys, by: 'proxy' },
    { what: 'what CCS wrote in the hand of the proxy', one: changed, left: ccs, now: proxys, by: 'proxy' },
    { what: 'our own quotes, gone', one: changed, left: mixed, now: mixedOfProxy, by: 'proxy' },
    {
      what: 'a file that looked so before and keeps our quotes',
      one: changed,
      left: mixed,
      now: mixed,
      by: 'unknown',
    },
    {
      what: 'a file that the proxy wrote long ago',
      one: changed,
      left: proxys,
      now: proxys,
      by: 'unknown',
    },
    { what: 'a file that was not seen before', one: changed, left: null, now: proxys, by: 'unknown' },
    { what: 'our own hand', one: changed, left: ours, now: ours, by: 'unknown' },
    {
      what: 'an entry that is gone',
      one: operation({ op: 'add', diff: [PREFIX] }),
      left: ours,
      now: ours,
      by: 'unknown',
    },
    {
      what: 'another profile that changed',
      one: operation({ why: 'profile' }),
      left: ours,
      now: proxys,
      by: 'unknown',
    },
  ])('is told by $what: $by', ({ one, left, now, by }) => {
    const hands = { now: () => handOf(now), left: left === null ? null : handOf(left) };
    expect(undoneBy([one], hands)).toBe(by);
  });

  it('is not asked of the file where the entries tell, or where there is nothing to compare with', () => {
    const now = (): never => {
      throw new Error('asked');
    };
    expect(undoneBy([stripped], { now, left: handOf(ours) })).toBe('ccs');
    expect(undoneBy([changed], { now, left: null })).toBe('unknown');
  });
});
